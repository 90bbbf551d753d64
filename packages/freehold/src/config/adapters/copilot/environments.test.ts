import assert from "node:assert/strict";
import { test } from "node:test";
import { type Files, translated } from "./testing/translated.ts";

const manifest = `name: tea
type: Backend Service
image:
  location: public.ecr.aws/tea/tea:1
  port: 8080
count: 2
variables:
  WHERE: \${COPILOT_ENVIRONMENT_NAME}
  WHAT: \${COPILOT_APPLICATION_NAME} costs $5, \\\${NOT_THIS}, \${FROM_SHELL}
  PEER: http://tea.test.house.local:8080
secrets:
  KEY: parameter
environments:
  test:
    count: 1
    cpu: 512
    platform: linux/arm64
    secrets:
      OTHER: parameter
    variables:
      LEVEL: debug
  prod:
    count:
      range: 2-6
      cpu_percentage: 60
`;

const workspace: Files = { ".workspace": "application: house", "tea/manifest.yml": manifest };

test("what differs by environment stands under the environment", () => {
  const { value } = translated(workspace);
  assert.deepEqual(value("x-freehold", "collections", "test", "environments", "test", "services", "tea"), {
    variables: { WHERE: "test", LEVEL: "debug" },
    scale: { min: 1, max: 1 },
    cpus: "0.5",
    secrets: ["KEY", "OTHER"],
  });
  assert.deepEqual(value("x-freehold", "collections", "prod", "environments", "prod", "services", "tea"), {
    variables: { WHERE: "prod" },
    scale: { min: 2, max: 6, cpu: 60 },
  });
});

test("names are filled in, the shell's stay, and every other dollar is one", () => {
  const { value } = translated(workspace);
  assert.deepEqual(value("services", "tea", "environment"), {
    COPILOT_SERVICE_NAME: "tea",
    WHAT: "house costs $$5, $${NOT_THIS}, ${FROM_SHELL}",
    PEER: "http://tea:8080",
  });
});

test("with one environment its name is simply filled in", () => {
  const { value } = translated({
    ".workspace": "application: house",
    "environments/only/manifest.yml": "name: only\ntype: Environment",
    "tea/manifest.yml": "type: Worker Service\nvariables:\n  WHERE: at ${COPILOT_ENVIRONMENT_NAME}\n",
  });
  assert.equal(value("services", "tea", "environment", "WHERE"), "at only");
});

test("what cannot differ by environment is told, and so is an environment that says nothing", () => {
  const { rows } = translated({
    ...workspace,
    "cup/manifest.yml":
      "type: Worker Service\ncommand: [run, '${COPILOT_ENVIRONMENT_NAME}']\nenvironments:\n  test:\n",
  });
  const lost = rows.filter(({ outcome }) => outcome === "without counterpart").map(({ key }) => key);
  assert.deepEqual(lost, ["environments.test.platform", "command"]);
  assert.deepEqual(
    rows.filter(({ key }) => key === "environments.test").map(({ outcome }) => outcome),
    ["noted"],
  );
});
