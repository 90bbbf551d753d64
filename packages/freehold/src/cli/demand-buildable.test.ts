import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, test } from "node:test";
import { UserError } from "../errors.ts";
import { demandBuildable } from "./demand-buildable.ts";
import { readApplication } from "./read-application.ts";

const project = mkdtempSync(join(tmpdir(), "freehold-inputs-"));
after(() => rmSync(project, { recursive: true }));

mkdirSync(join(project, "bare"));
mkdirSync(join(project, "whole"));
writeFileSync(join(project, "whole/Dockerfile"), "FROM scratch");
writeFileSync(
  join(project, "base.yaml"),
  `services:
  far:
    build: ./afar
`,
);
writeFileSync(
  join(project, "compose.yaml"),
  `services:
  short: { image: s, build: ./nowhere }
  long:
    build:
      args: { A: b }
      context: ./nowhere
  bare: { build: bare }
  named:
    build: { context: whole, dockerfile: Dockerfile.prod }
  inline: { build: { context: bare, dockerfile_inline: FROM scratch } }
  docs: { x-freehold: { type: site, path: /docs, output: dist, folder: ./pages } }
  whole: { build: whole }
  far: { extends: { file: base.yaml, service: far } }
`,
);

test("what is missing of the project is told where it is named", async () => {
  const read = await readApplication([], {}, project);
  const told = await demandBuildable(read).then(
    () => [],
    (error: unknown) => (error instanceof UserError ? error.problems : assert.fail(String(error))),
  );
  const lines = told.map(({ place, subject, message }) => {
    const file = basename(place?.file ?? "");
    return `${file}:${place?.line}:${place?.column} ${subject} ${message.split(" is not in ")[0]}`;
  });
  assert.deepEqual(lines.toSorted(), [
    "base.yaml:3:5 services.far.build.context `afar` is missing: the folder of the build",
    "compose.yaml:11:64 services.docs.x-freehold.folder `pages` is missing: the site's folder",
    "compose.yaml:2:22 services.short.build.context `nowhere` is missing: the folder of the build",
    "compose.yaml:6:7 services.long.build.context `nowhere` is missing: the folder of the build",
    "compose.yaml:7:11 services.bare.build.dockerfile `bare/Dockerfile` is missing: the Dockerfile of the build",
    "compose.yaml:9:30 services.named.build.dockerfile `whole/Dockerfile.prod` is missing: the Dockerfile of the build",
  ]);
});
