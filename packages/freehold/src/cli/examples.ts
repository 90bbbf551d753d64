import type { Command } from "commander";

/** Lines as a person would type them, by the command's name below `freehold`. */
const examples: Readonly<Record<string, readonly string[]>> = {
  "": ["freehold check", "freehold up --local", "freehold plan staging", "freehold up staging"],
  init: ["freehold init", "freehold init ../shop --yes"],
  check: [
    "freehold check --env production",
    "freehold check --explain health",
    "freehold check --explain cron",
  ],
  import: ["freehold import", "freehold import copilot --output freehold.yml --force"],
  schema: ["freehold schema > compose.schema.json"],
  plan: ["freehold plan staging", "freehold plan --local", "freehold plan production --exit-code"],
  up: ["freehold up --local", "freehold up staging", "freehold up production/production --yes"],
  status: ["freehold status staging"],
  logs: [
    "freehold logs api -e staging --since 2h",
    "freehold logs --local --follow",
    "freehold logs --filter ERROR",
  ],
  destroy: ["freehold destroy staging", "freehold destroy --collection staging"],
  bootstrap: ["freehold bootstrap staging"],
  run: ["freehold run api -e staging -- node report.js", "freehold run load --local"],
  releases: ["freehold releases staging"],
  rollback: ["freehold rollback -e staging", "freehold rollback v3 -e staging"],
  "secrets set": ['printf %s "$KEY" | freehold secrets set STRIPE_KEY -e staging'],
  "secrets ls": ["freehold secrets ls staging"],
  "local reset": ["freehold local reset --yes"],
};

/** The examples of a command, by its name below `freehold`: `secrets set`. */
export function examplesOf(name: string): readonly string[] {
  return examples[name] ?? [];
}

/** Has the help of each command end with its examples. */
export function addExamples(command: Command, name = ""): void {
  const lines = examplesOf(name);
  if (lines.length > 0)
    command.addHelpText("after", ["", "Examples:", ...lines.map((line) => `  ${line}`)].join("\n"));
  for (const one of command.commands) addExamples(one, `${name} ${one.name()}`.trim());
}
