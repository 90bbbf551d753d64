import type { Command } from "commander";
import type { ImportOptions } from "./commands/import.ts";
import type { InitOptions } from "./commands/init.ts";
import type { LocalOptions } from "./commands/local.ts";
import { addExamples } from "./examples.ts";
import type { CheckOptions, CommonOptions, EnvironmentOptions, LogOptions } from "./options.ts";
import { withCommonOptions, withOfflineOptions } from "./options.ts";

/** Every command; what a command needs is loaded when it is called. */
export function addCommands(program: Command): void {
  addWriting(program.commandsGroup("The file:"));
  addChanging(program.commandsGroup("What runs:"));
  addReleases(program.commandsGroup("Releases:"));
  addSecrets(program);
  addLocal(program.commandsGroup("This machine:"));
  addExamples(program);
}

const environment = "such as `staging`, or `collection/staging`; the only one, or `dev`, when left out";
const environmentOption = ["-e, --environment <name>", environment] as const;

function addWriting(program: Command): void {
  program
    .command("init")
    .description("look at a repository, propose its file and write it")
    .argument("[folder]", "the repository; this folder when left out")
    .option("-y, --yes", "write all that is proposed, without a question")
    .option("--json", "print what was found and written as JSON")
    .action(async (folder: string | undefined, options: InitOptions) =>
      (await import("./commands/init.ts")).init(folder, options),
    );
  withOfflineOptions(
    program.command("check"),
    "say what the file means: what each service becomes, and why; offline",
  )
    .option("-e, --env <name>", "one environment only")
    .option("--explain <key>", "say what a key or a type means instead: `health`, `ports`, `cron`")
    .action(async (options: CheckOptions) => (await import("./commands/check.ts")).check(options));
  program
    .command("import")
    .description("write the files of cnc, Coherence or AWS Copilot out as one of Freehold's")
    .argument("[tool]", "`cnc`, `coherence` or `copilot`; whose files there are, when left out")
    .option("-o, --output <path>", "the file to write", "freehold.yml")
    .option("--force", "write over a file that is there")
    .option("--json", "print the report as JSON")
    .action(async (tool: string | undefined, options: ImportOptions) =>
      (await import("./commands/import.ts")).importFiles(tool, options),
    );
  program
    .command("schema")
    .description("print the JSON Schema of the file, for editors")
    .action(async () => (await import("./commands/schema.ts")).schema());
}

/** What a verb is called with: the environment it is about, and what else was written. */
type Verb = (environment: string | undefined, options: CommonOptions) => Promise<void>;

/** A verb about one environment; `load` brings it when it is called. */
function addVerb(program: Command, name: string, description: string, load: () => Promise<Verb>): Command {
  return withCommonOptions(program.command(name), description)
    .argument("[environment]", environment)
    .action(async (named: string | undefined, options: CommonOptions) => (await load())(named, options));
}

function addChanging(program: Command): void {
  addVerb(
    program,
    "plan",
    "show what `up` would change in the account",
    async () => (await import("./commands/plan.ts")).plan,
  ).option("--exit-code", "exit with 3 when there are changes");
  addVerb(
    program,
    "up",
    "make what is missing, build, release, wait until all is healthy",
    async () => (await import("./commands/up.ts")).up,
  ).option(
    "--trust <digest>",
    "let the command of the file with this digest run on this machine; for CI, once for each command",
    (digest: string, others: readonly string[] = []) => [...others, digest],
  );
  addLooking(program);
  addVerb(
    program,
    "destroy",
    "remove an environment, or a collection without environments",
    async () => (await import("./commands/destroy.ts")).destroy,
  ).option("--collection <name>", "remove this collection instead");
  addVerb(
    program,
    "bootstrap",
    "make the bucket that holds the state (`up` does it too)",
    async () => (await import("./commands/bootstrap.ts")).bootstrap,
  );
}

function addLooking(program: Command): void {
  addVerb(
    program,
    "status",
    "show what runs, its health and the live release",
    async () => (await import("./commands/status.ts")).status,
  );
  withCommonOptions(program.command("logs"), "show the services' output, interleaved")
    .argument("[service]", "one service only")
    .option(...environmentOption)
    .option("--since <time>", "how far back: `10m`, `2h`, `1d`, or a time", "10m")
    .option("--follow", "go on until interrupted")
    .option("--filter <pattern>", "CloudWatch filter pattern")
    .action(async (service: string | undefined, options: LogOptions) =>
      (await import("./commands/logs.ts")).logs(service, options),
    );
}

function addReleases(program: Command): void {
  withCommonOptions(
    program.command("run"),
    "run a command once in a task of its own, with a service's image, variables and rights",
  )
    .argument("<service>", "a container of the file: a service, a cron, a job")
    .argument("[command...]", "the words of the command, after `--`; a job has its own and needs none")
    .option(...environmentOption)
    .passThroughOptions(false)
    .action(async (service: string, command: string[], options: EnvironmentOptions) =>
      (await import("./commands/run.ts")).run(service, command, options),
    );
  addVerb(
    program,
    "releases",
    "list what was released",
    async () => (await import("./commands/releases.ts")).releases,
  );
  withCommonOptions(program.command("rollback"), "go back to an earlier release, exactly")
    .argument("[release]", "such as `v3`; the one before the live one when left out")
    .option(...environmentOption)
    .action(async (id: string | undefined, options: EnvironmentOptions) =>
      (await import("./commands/rollback.ts")).rollback(id, options),
    );
}

function addSecrets(program: Command): void {
  const secrets = program
    .command("secrets")
    .description("set and list secrets; values come from standard input");
  withCommonOptions(secrets.command("set"), "set a secret; its value is read from standard input")
    .argument("<name>", "as it stands under `secrets` in the file")
    .option(...environmentOption)
    .action(async (name: string, options: EnvironmentOptions) =>
      (await import("./commands/secrets.ts")).setSecret(name, options),
    );
  addVerb(
    secrets,
    "ls",
    "list the secrets' names, and whether each is set",
    async () => (await import("./commands/secrets.ts")).listSecrets,
  );
}

function addLocal(program: Command): void {
  const local = program.command("local").description("the AWS endpoint on this machine, for `--local`");
  const verbs = [
    ["start", "start it, with everything that ran before"],
    ["stop", "stop it; what it holds stays"],
    ["status", "say whether it runs, and what it holds"],
    ["reset", "stop it and forget everything it holds"],
  ] as const;
  for (const [verb, description] of verbs) {
    const command = local.command(verb).description(description).option("-y, --yes", "do not ask");
    if (verb === "start" || verb === "status")
      command.option("--show-token", "print the link to the page of what runs with its token");
    command.action(async (options: LocalOptions) =>
      (await import("./commands/local.ts")).local(verb, options),
    );
  }
}
