import type { Command } from "commander";
import type { ImportOptions } from "./commands/import.ts";
import type { InitOptions } from "./commands/init.ts";
import { addExamples } from "./examples.ts";
import type { CheckOptions, CommonOptions, LogOptions } from "./options.ts";
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
    .option("--env <name>", "one environment only")
    .option("--explain <key>", "say what a key or a type means instead: `health`, `ports`, `cron`")
    .action(async (options: CommonOptions & CheckOptions) =>
      (await import("./commands/check.ts")).check(options),
    );
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

function addChanging(program: Command): void {
  withCommonOptions(program.command("plan"), "show what `up` would change in the account")
    .argument("[environment]", environment)
    .option("--exit-code", "exit with 3 when there are changes")
    .action(async (name: string | undefined, options: CommonOptions & { exitCode?: true }) =>
      (await import("./commands/plan.ts")).plan(name, options),
    );
  withCommonOptions(program.command("up"), "make what is missing, build, release, wait until all is healthy")
    .argument("[environment]", environment)
    .action(async (name: string | undefined, options: CommonOptions) =>
      (await import("./commands/up.ts")).up(name, options),
    );
  addLooking(program);
  withCommonOptions(program.command("destroy"), "remove an environment, or a collection without environments")
    .argument("[environment]", environment)
    .option("--collection <name>", "remove this collection instead")
    .action(async (name: string | undefined, options: CommonOptions & { collection?: string }) =>
      (await import("./commands/destroy.ts")).destroy(name, options),
    );
  withCommonOptions(program.command("bootstrap"), "make the bucket that holds the state (`up` does it too)")
    .argument("[environment]", environment)
    .action(async (name: string | undefined, options: CommonOptions) =>
      (await import("./commands/bootstrap.ts")).bootstrap(name, options),
    );
}

function addLooking(program: Command): void {
  withCommonOptions(program.command("status"), "show what runs, its health and the live release")
    .argument("[environment]", environment)
    .action(async (name: string | undefined, options: CommonOptions) =>
      (await import("./commands/status.ts")).status(name, options),
    );
  withCommonOptions(program.command("logs"), "show the services' output, interleaved")
    .argument("[service]", "one service only")
    .option(...environmentOption)
    .option("--since <time>", "how far back: `10m`, `2h`, `1d`, or a time", "10m")
    .option("--follow", "go on until interrupted")
    .option("--filter <pattern>", "CloudWatch filter pattern")
    .action(async (service: string | undefined, options: CommonOptions & LogOptions) =>
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
    .action(async (service: string, command: string[], options: CommonOptions & { environment?: string }) =>
      (await import("./commands/run.ts")).run(service, command, options),
    );
  withCommonOptions(program.command("releases"), "list what was released")
    .argument("[environment]", environment)
    .action(async (name: string | undefined, options: CommonOptions) =>
      (await import("./commands/releases.ts")).releases(name, options),
    );
  withCommonOptions(program.command("rollback"), "go back to an earlier release, exactly")
    .argument("[release]", "such as `v3`; the one before the live one when left out")
    .option(...environmentOption)
    .action(async (id: string | undefined, options: CommonOptions & { environment?: string }) =>
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
    .action(async (name: string, options: CommonOptions & { environment?: string }) =>
      (await import("./commands/secrets.ts")).setSecret(name, options),
    );
  withCommonOptions(secrets.command("ls"), "list the secrets' names, and whether each is set")
    .argument("[environment]", environment)
    .action(async (name: string | undefined, options: CommonOptions) =>
      (await import("./commands/secrets.ts")).listSecrets(name, options),
    );
}

function addLocal(program: Command): void {
  const local = program.command("local").description("the AWS endpoint on this machine, for `--local`");
  const described = {
    start: "start it, with everything that ran before",
    stop: "stop it; what it holds stays",
    status: "say whether it runs, and what it holds",
    reset: "stop it and forget everything it holds",
  } as const;
  for (const verb of ["start", "stop", "status", "reset"] as const) {
    local
      .command(verb)
      .description(described[verb])
      .option("-y, --yes", "do not ask")
      .action(async (options: { yes?: true }) =>
        (await import("./commands/local.ts")).local(verb, options.yes === true),
      );
  }
}
