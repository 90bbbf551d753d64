import { Command, InvalidArgumentError, Option } from "commander";
import { explain, failed } from "./failed.ts";
import { defaultFolder, type Instance, runningInstance } from "./instance.ts";
import { printEnvironment, printInstance, type Shown } from "./print.ts";
import { type StartOptions, startInBackground } from "./start.ts";
import { stopInstance } from "./stop.ts";

interface Place {
  readonly folder: string;
}

const program = new Command("local-aws")
  .description("An AWS endpoint on this machine that really runs what it is given.")
  .showHelpAfterError();

command("start", "start it in the background, or say where it runs")
  .addOption(
    new Option("--port <number>", "port on 127.0.0.1")
      .env("LOCAL_AWS_PORT")
      .argParser(parsePort)
      .default(4577),
  )
  .option("--region <name>", "region it answers as", "us-east-1")
  .option("--foreground", "serve in this process until it is told to stop")
  .option("--json", "print {endpoint, folder, environment, pid, page}")
  .action(async (options: StartOptions & Shown & { readonly foreground?: true }) => {
    // Loaded here: it brings every service with it, which the other commands need not wait for.
    if (options.foreground) await (await import("./foreground.ts")).serveInForeground(options);
    else await startInBackground(options, options);
  });
command("stop", "end it; its state is kept").action(({ folder }: Place) => stopInstance(folder));
command("status", "say whether it runs, and where; exit code 1 when it does not")
  .option("--json", "print {endpoint, folder, environment, pid, page}")
  .option("--show-token", "print the link to the page of what runs, with its token")
  .action(({ folder, ...shown }: Place & Shown) =>
    whereRunning(folder, (instance) => printInstance(instance, shown)),
  );
command("env", 'print what a shell exports to use it: eval "$(local-aws env)"').action(({ folder }: Place) =>
  whereRunning(folder, printEnvironment),
);
command("reset", "stop it and remove everything it made: containers, volumes, networks, its folder").action(
  async ({ folder }: Place) => (await import("./reset.ts")).resetInstance(folder),
);

try {
  await program.parseAsync();
} catch (error) {
  const { message, code } = explain(error);
  // A parent that waits prints it; ours is a log file then.
  process.send?.({ problem: message, code });
  failed(message, code);
  process.exit();
}

function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .addOption(
      new Option("--folder <path>", "where its state is kept")
        .env("LOCAL_AWS_FOLDER")
        .default(defaultFolder(process.env)),
    );
}

async function whereRunning(folder: string, print: (instance: Instance) => void): Promise<void> {
  const instance = await runningInstance(folder);
  if (instance === undefined) failed("nothing runs; `local-aws start` starts it");
  else print(instance);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new InvalidArgumentError("A port is 1 to 65535.");
  return port;
}
