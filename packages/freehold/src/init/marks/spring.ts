import type { Mark, Needs, Recipe } from "../part.ts";
import type { Folder } from "../repository.ts";
import { needsOf } from "./needs.ts";

/** A Spring Boot program of Maven's or Gradle's; a module without its plugin is a library. */
export const springMark: Mark = (folder) => {
  const file = ["pom.xml", "build.gradle", "build.gradle.kts"].find((name) => folder.files.has(name));
  const text = folder.text(file ?? "");
  if (file === undefined || text === undefined) return undefined;
  if (!/spring-boot-maven-plugin|org\.springframework\.boot["']/.test(text)) return undefined;
  const artifacts = new Set(text.match(/[\w.-]+/g)?.filter((name) => /[a-z]/.test(name)));
  return {
    folder: folder.path,
    kind: "Spring Boot",
    because: `Spring Boot's plugin in ${file}`,
    serving: { kind: "http", port: portOf(folder) },
    ...(artifacts.has("spring-boot-starter-actuator") ? { health: "/actuator/health" } : {}),
    // What it begins with alone fills 512 MiB.
    sizes: { web: { memory: "1g", cpus: 0.5 } },
    processes: [],
    names: { cache: "SPRING_DATA_REDIS_URL" },
    needs: springNeeds(artifacts),
    recipe: recipeOf(folder, file, text),
  };
};

/** https://docs.spring.io/spring-boot/appendix/application-properties/index.html#application-properties.server.server.port */
function portOf(folder: Folder): number {
  const properties = folder.text("src/main/resources/application.properties") ?? "";
  const port = /^[ \t]*server\.port[ \t]*=[ \t]*(?:\$\{\w+:)?(\d{2,5})/m.exec(properties)?.[1];
  return port === undefined ? 8080 : Number(port);
}

function springNeeds(artifacts: ReadonlySet<string>): Needs {
  const needs = needsOf(artifacts);
  return needs.database === undefined ? needs : { ...needs, isJdbc: true };
}

const releases = [8, 11, 17, 21, 25];

/** The release of Java that is asked for, or the next one that is kept for years. */
function recipeOf(folder: Folder, file: string, text: string): Recipe {
  const asked = Number(
    /(?:<java\.version>|<maven\.compiler\.release>|JavaLanguageVersion\.of\(|sourceCompatibility\s*=\s*["']?(?:JavaVersion\.VERSION_)?)(?:1\.)?(\d+)/.exec(
      text,
    )?.[1] ?? 21,
  );
  const version = String(releases.find((one) => one >= asked) ?? 25);
  const isMaven = file === "pom.xml";
  return {
    language: "java",
    version,
    tool: isMaven ? "maven" : "gradle",
    hasWrapper: folder.files.has(isMaven ? "mvnw" : "gradlew"),
  };
}
