import { resolve } from "node:path";
import { adapt } from "../../config/adapters/adapt.ts";
import type { Adapted, Adapter } from "../../config/adapters/adapter.ts";
import { adapters } from "../../config/adapters/adapters.ts";
import { renderNativeFile } from "../../config/adapters/native-file.ts";
import { Findings } from "../../config/findings.ts";
import { sectionAt } from "../../config/yaml/tree.ts";
import { UserError } from "../../errors.ts";
import { createFile, replaceFile } from "../../ports/new-file.ts";
import { print } from "../print.ts";
import { isForeign, readForeign } from "../read-foreign.ts";
import { renderReport } from "../render/report.ts";
import { shownPath } from "../source-files.ts";

export interface ImportOptions {
  readonly output: string;
  readonly force?: true;
  readonly json?: true;
}

/** Writes another tool's files out as one of ours, and tells what became of every key. */
export async function importFiles(tool: string | undefined, options: ImportOptions): Promise<void> {
  const folder = process.cwd();
  const adapter = chooseAdapter(tool, folder);
  const foreign = readForeign(adapter, folder);
  const adapted = adapt(foreign, new Findings());
  const from = foreign.files.map(({ path }) => path);
  if (sectionAt(adapted.document, ["services"]) === undefined) throw nothingToRun(from);
  const text = renderNativeFile(adapted, { from, hasVariables: adapter.hasVariables === true });
  await write(resolve(options.output), text, options.force === true);
  tell(adapted, options, process.stdout.columns);
}

function tell({ report }: Adapted, { json, output }: ImportOptions, columns: number | undefined): void {
  if (json === true) print([JSON.stringify({ type: "import", file: output, report })]);
  else
    print([
      ...renderReport(report, columns),
      "",
      `Written to ${output}; \`freehold check\` says what it means.`,
    ]);
}

function chooseAdapter(tool: string | undefined, folder: string): Adapter {
  const names = adapters.map(({ name }) => name);
  const asked = adapters.filter(({ name }) => tool === undefined || name === tool);
  if (asked.length === 0) {
    const message = `\`${tool}\` is no tool whose files are read.`;
    throw new UserError(
      { code: "unknown-tool", subject: "", message, hint: `Use ${names.join(", ")}.` },
      { exitCode: 2 },
    );
  }
  const found = asked.find((one) => isForeign(one, folder));
  if (found !== undefined) return found;
  const message = `There is nothing to import in ${folder}.`;
  const hint = `Freehold looks for ${asked.map(({ main }) => main).join(", ")}.`;
  throw new UserError({ code: "nothing-to-import", subject: "", message, hint });
}

function nothingToRun(from: readonly string[]): UserError {
  const message = `No service is described in ${from.join(", ")}; nothing was written.`;
  const hint = "Look for the rest of these files in another branch or repository.";
  return new UserError({ code: "nothing-to-import", subject: "", message, hint });
}

async function write(path: string, text: string, isForced: boolean): Promise<void> {
  if (isForced) return replaceFile(path, text);
  if (await createFile(path, text)) return;
  const message = "There is such a file already; nothing was written.";
  const hint = "Write another with `--output`, or over it with `--force`.";
  throw new UserError({ code: "file-exists", subject: shownPath(path), message, hint });
}
