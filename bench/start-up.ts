import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../test/house/source-files.ts";
import { table } from "./table.ts";

const rounds = 21;

interface Contestant {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
}

/** Cold processes of the compiled command beside `node -e 0`, taken in turns so that all see the same weather. */
export async function benchStartUp(): Promise<readonly string[]> {
  const scratch = mkdtempSync(join(tmpdir(), "freehold-bench-"));
  try {
    const all = contestants(scratch);
    for (const one of all) time(one);
    const times = new Map(all.map(({ name }) => [name, [] as number[]]));
    for (let round = 0; round < rounds; round += 1)
      for (const one of all) times.get(one.name)?.push(time(one));
    const base = median(times.get("node -e 0") ?? []);
    const rows = [...times].map(([name, taken]) => row(name, taken, base));
    return [
      `Cold start, ${rounds} runs each, in turns:`,
      "",
      ...table(["", "min ms", "median ms", "max ms", "median ÷ node -e 0"], rows),
    ];
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function contestants(scratch: string): readonly Contestant[] {
  const program = installed(scratch);
  const shop = join(repository, "examples/shop");
  const node = process.execPath;
  const freehold = (name: string, folder: string, ...args: readonly string[]) => ({
    name,
    program: node,
    args: [program, ...args],
    folder,
  });
  return [
    { name: "node -e 0", program: node, args: ["-e", "0"], folder: scratch },
    freehold("freehold --version", scratch, "--version"),
    freehold("freehold check, the shop", shop, "check"),
    freehold("freehold check, 10 services", compose(scratch, 10), "check"),
    freehold("freehold check, 100 services", compose(scratch, 100), "check"),
    { name: "docker compose config, the shop", program: "docker", args: ["compose", "config"], folder: shop },
  ];
}

/** The package as npm would install it: what was built, without the sources. */
function installed(scratch: string): string {
  execFileSync(process.execPath, [join(repository, "scripts/build.ts"), "freehold"], { stdio: "inherit" });
  const folder = join(scratch, "package");
  for (const part of ["bin", "dist", "package.json"])
    cpSync(join(repository, "packages/freehold", part), join(folder, part), { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  return join(folder, "bin/freehold.mjs");
}

/** A file with that many web services and one database. */
function compose(scratch: string, count: number): string {
  const folder = join(scratch, `compose-${count}`);
  mkdirSync(folder);
  const web = (name: string) => ({
    build: `./${name}`,
    ports: ["8000"],
    environment: { DATABASE_URL: "postgres://app:app@db:5432/app", LOG_LEVEL: "info" },
    depends_on: ["db"],
    deploy: { resources: { limits: { cpus: "0.5", memory: "1g" } } },
    "x-freehold": { path: `/${name}`, health: "/healthz", scale: { min: 2 } },
  });
  const names = Array.from({ length: count - 1 }, (_, index) => `s${index}`);
  for (const name of names) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "Dockerfile"), "FROM scratch\n");
  }
  const services = {
    ...Object.fromEntries(names.map((name) => [name, web(name)])),
    db: { image: "postgres:17" },
  };
  writeFileSync(join(folder, "compose.yaml"), JSON.stringify({ services }, undefined, 1));
  return folder;
}

/** Milliseconds from start to end. */
function time({ name, program, args, folder }: Contestant): number {
  const started = performance.now();
  const { status } = spawnSync(program, args, { cwd: folder, stdio: "ignore" });
  if (status !== 0) throw new BrokenContestant(name, status);
  return performance.now() - started;
}

class BrokenContestant extends Error {
  constructor(name: string, status: number | null) {
    super(`${name} ended with ${status}`);
  }
}

function row(name: string, times: readonly number[], base: number): readonly string[] {
  const whole = (value: number) => value.toFixed(0);
  const ratio = (median(times) / base).toFixed(1);
  return [name, whole(Math.min(...times)), whole(median(times)), whole(Math.max(...times)), ratio];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
