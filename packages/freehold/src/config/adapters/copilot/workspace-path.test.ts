import assert from "node:assert/strict";
import { test } from "node:test";
import { folderPath, parentOf, relativePath } from "./workspace-path.ts";

const ways: readonly (readonly [folder: string, file: string, way: string])[] = [
  ["./api", "./api/Dockerfile", "Dockerfile"],
  [".", "api/Dockerfile", "api/Dockerfile"],
  ["api", "docker/api.Dockerfile", "../docker/api.Dockerfile"],
  ["services/api/", "services/Dockerfile", "../Dockerfile"],
  ["services/../api", "api/Dockerfile", "Dockerfile"],
];

test("a Dockerfile is found from its build context", () => {
  for (const [folder, file, way] of ways) assert.equal(relativePath(folder, file), way);
});

test("a folder is written as Compose has it", () => {
  const folders = ["api", "./api/", "", "./", "../shared", "/srv"].map(folderPath);
  assert.deepEqual(folders, ["./api", "./api", ".", ".", "../shared", "/srv"]);
  assert.deepEqual(["Dockerfile", "a/b/Dockerfile"].map(parentOf), [".", "a/b"]);
});
