import assert from "node:assert/strict";
import { test } from "node:test";
import { propose } from "../propose.ts";
import { renderDocument } from "../render.ts";
import { listing } from "../testing/listing.ts";

type Files = Readonly<Record<string, string>>;

function proposed(files: Files): { readonly file: string; readonly dockerfile: string } {
  const { document, heading, companions } = propose(listing(files));
  const dockerfile = companions.find(({ path }) => path === "Dockerfile")?.text ?? "";
  return { file: renderDocument(document, heading), dockerfile };
}

const plugin = "<artifactId>spring-boot-maven-plugin</artifactId>";

test("Spring is told of its database as its own variables have it, and has room to start", () => {
  const { file } = proposed({ "pom.xml": `${plugin}<artifactId>mysql-connector-j</artifactId>` });
  assert.match(
    file,
    /SPRING_DATASOURCE_URL: jdbc:mysql:\/\/db:3306\/app\n +SPRING_DATASOURCE_USERNAME: app\n/,
  );
  assert.match(file, /cpus: 0\.5\n +mem_limit: 1g\n/);
  assert.doesNotMatch(file, /DATABASE_URL/);
});

/** A Java project, the image it is built on and the command that builds it. */
const builds: readonly (readonly [title: string, files: Files, from: string, run: string])[] = [
  [
    "Maven alone",
    { "pom.xml": plugin },
    "maven:3-eclipse-temurin-21",
    "mvn --batch-mode -DskipTests package",
  ],
  [
    "Maven's wrapper, for an old Java",
    { "pom.xml": `${plugin}<java.version>1.8</java.version>`, mvnw: "" },
    "eclipse-temurin:8-jdk",
    "sh mvnw --batch-mode -DskipTests package",
  ],
  [
    "Gradle, for a Java between two that are kept",
    { "build.gradle": "id 'org.springframework.boot' version '3'\nsourceCompatibility = '19'" },
    "gradle:8-jdk21",
    "gradle --no-daemon bootJar",
  ],
  [
    "Gradle's wrapper",
    { "build.gradle.kts": 'id("org.springframework.boot")\nJavaLanguageVersion.of(25)', gradlew: "" },
    "eclipse-temurin:25-jdk",
    "sh gradlew --no-daemon bootJar",
  ],
];

for (const [title, files, from, run] of builds)
  test(`a Dockerfile builds with ${title}`, () => {
    const { dockerfile } = proposed(files);
    assert.ok(dockerfile.includes(`FROM ${from} AS build\n`), dockerfile);
    assert.ok(dockerfile.includes(`RUN ${run}\n`), dockerfile);
  });

test("a Rust program is built by the name of its binary", () => {
  const named = '[package]\nname = "shop"\n\n[[bin]]\npath = "src/main.rs"\nname = "shopd"\n';
  const { dockerfile } = proposed({ "Cargo.toml": named, "src/main.rs": "" });
  assert.match(dockerfile, /cargo build --release --bin shopd\n/);
  assert.match(dockerfile, /COPY --from=build \/src\/target\/release\/shopd /);
});

test("Phoenix builds its assets where it has some, and its key is a secret", () => {
  const libraries = '[{:phoenix, "~> 1.7"}]';
  const files = { "mix.exs": `${libraries} "assets.deploy": ["esbuild"]` };
  assert.match(proposed(files).dockerfile, /RUN mix assets\.deploy\n/);
  assert.doesNotMatch(proposed({ "mix.exs": libraries }).dockerfile, /assets/);
  assert.match(propose(listing(files)).next.join("\n"), /^list SECRET_KEY_BASE/m);
});
