import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Command } from "commander";
import { addCommands } from "../packages/freehold/src/cli/program.ts";
import { fileSchema } from "../packages/freehold/src/config/schema/file-schema.ts";
import { commandsPage } from "./generate-reference/commands-page.ts";
import { composePage } from "./generate-reference/compose-page.ts";
import { settingsPage } from "./generate-reference/settings-page.ts";

const root = join(import.meta.dirname, "..");

/** Writes the JSON Schema that editors read and the pages of docs/reference; `--check` compares instead. */
function main(): void {
  const program = new Command("freehold");
  addCommands(program);
  const files: Readonly<Record<string, string>> = {
    "packages/freehold/compose.schema.json": `${JSON.stringify(fileSchema(), null, 2)}\n`,
    "docs/reference/compose.md": composePage(),
    "docs/reference/settings.md": settingsPage(),
    "docs/reference/commands.md": commandsPage(program),
  };
  const isCheck = process.argv.includes("--check");
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name);
    if (!isCheck) writeFileSync(path, text);
    else if (!isWritten(path, text)) {
      console.error(`${relative(root, path)} is out of date; run: npm run generate:reference`);
      process.exitCode = 1;
    }
  }
}

function isWritten(path: string, text: string): boolean {
  try {
    return readFileSync(path, "utf8") === text;
  } catch {
    return false;
  }
}

main();
