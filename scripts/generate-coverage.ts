import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadModel } from "../packages/local-aws/src/codec/load-model.ts";
import { findPython } from "../packages/local-aws/src/moto/find-python.ts";
import { type ServiceCoverage, serviceCoverage } from "./generate-coverage/coverage.ts";
import { ownOperations } from "./generate-coverage/own-operations.ts";
import { madeWith, ownLine, type Page, renderPage, type Versions } from "./generate-coverage/page.ts";

const target = join(import.meta.dirname, "../docs/local-aws-coverage.md");

interface Moto {
  readonly versions: Versions;
  readonly methods: Readonly<Record<string, readonly string[]>>;
}

/** Writes the page of what local-aws answers; `--check` compares instead. */
async function main(): Promise<void> {
  const page = await coverage();
  if (!process.argv.includes("--check")) {
    writeFileSync(target, renderPage(page));
  } else if (!isUpToDate(readFileSync(target, "utf8"), page)) {
    console.error(`${target} is out of date; run: npm run generate:coverage`);
    process.exitCode = 1;
  }
}

async function coverage(): Promise<Page> {
  const python = await findPython({ environment: process.env, calledFrom: tmpdir(), folder: tmpdir() });
  const moto = readMoto(python.executable);
  const own = await ownOperations();
  const all = readdirSync(python.models, { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? [one.name] : [],
  );
  const of = async (name: string): Promise<ServiceCoverage> => {
    const { operations } = await loadModel(python.models, name);
    const isOursAlone = own.byService.has(name) && !own.withMoto.has(name);
    const methods = isOursAlone ? [] : (moto.methods[name] ?? []);
    return serviceCoverage(name, Object.keys(operations).sort(), own.byService.get(name) ?? [], methods);
  };
  const ours = [...own.byService.keys()].sort();
  const others = all.filter((name) => !own.byService.has(name)).sort();
  const known = await Promise.all(others.filter((name) => moto.methods[name] !== undefined).map(of));
  const answered = known.filter((service) => service.moto.length > 0);
  return {
    versions: moto.versions,
    own: await Promise.all(ours.map(of)),
    moto: answered,
    nobody: others.filter((name) => !answered.some((one) => one.name === name)),
  };
}

function readMoto(python: string): Moto {
  const script = join(import.meta.dirname, "generate-coverage/moto-methods.py");
  // The parse boundary: the script printed it.
  return JSON.parse(execFileSync(python, [script], { encoding: "utf8", maxBuffer: 2 ** 26 })) as Moto;
}

/** With another moto or botocore than the page was made with, what is ours can still be compared. */
function isUpToDate(text: string, page: Page): boolean {
  if (text.includes(madeWith(page.versions))) return text === renderPage(page);
  return page.own.every((service) => text.includes(`### ${service.name}\n\n${ownLine(service)}\n`));
}

await main();
// Services may wait for what never comes here.
process.exit();
