import type { Adapter } from "../adapter.ts";
import { translateWorkspace } from "./workspace.ts";

/** Workspaces of AWS Copilot (https://aws.github.io/copilot-cli/docs/manifest/overview/). */
export const copilotAdapter: Adapter = {
  name: "copilot",
  main: "copilot/.workspace",
  signs: ["copilot/*/manifest.yml"],
  reads: [
    "copilot/.workspace",
    "copilot/*/manifest.yml",
    "copilot/environments/*/manifest.yml",
    "copilot/pipelines/*/manifest.yml",
    "copilot/pipeline.yml",
    "copilot/*/addons/*.yml",
    "copilot/*/addons/*.yaml",
  ],
  notices: [
    "copilot/**/overrides/*.*",
    "copilot/**/buildspec*.yml",
    "copilot/**/addons/*.ts",
    "copilot/**/addons/*.json",
  ],
  hasVariables: true,
  adapt: translateWorkspace,
};
