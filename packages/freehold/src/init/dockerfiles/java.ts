import type { Recipe } from "../part.ts";

type JavaRecipe = Extract<Recipe, { language: "java" }>;

/** The program as one file, on an image without the compiler. */
export function javaDockerfile(recipe: JavaRecipe): readonly string[] {
  const { version, tool } = recipe;
  const made = tool === "maven" ? "target" : "build/libs";
  return [
    `FROM ${builderOf(recipe)} AS build`,
    "WORKDIR /src",
    "COPY . .",
    `RUN ${commandOf(recipe)}`,
    "",
    `FROM eclipse-temurin:${version}-jre`,
    "WORKDIR /app",
    `COPY --from=build /src/${made}/*.jar /app/`,
    "USER 65534:65534",
    'CMD ["sh", "-c", "exec java -jar /app/*.jar"]',
  ];
}

/** The wrapper fetches the very version of the tool that the project asks for. */
function builderOf({ version, tool, hasWrapper }: JavaRecipe): string {
  if (hasWrapper) return `eclipse-temurin:${version}-jdk`;
  return tool === "maven" ? `maven:3-eclipse-temurin-${version}` : `gradle:8-jdk${version}`;
}

function commandOf({ tool, hasWrapper }: JavaRecipe): string {
  if (tool === "maven") return `${hasWrapper ? "sh mvnw" : "mvn"} --batch-mode -DskipTests package`;
  return `${hasWrapper ? "sh gradlew" : "gradle"} --no-daemon bootJar`;
}
