import type { Application } from "../app/application.ts";
import { visibleLine } from "../app/visible.ts";
import type { Emit } from "../engine/events.ts";
import type { Ports } from "../engine/ports.ts";
import { runVerb } from "../engine/verb.ts";
import { createPorts } from "../ports/create-ports.ts";
import { demandLocalAccount, type LocalAws, startLocalAws } from "../ports/local-aws.ts";
import { answeredKinds } from "../ports/questions.ts";
import type { CommonOptions } from "./options.ts";
import { type ReadApplication, readApplication } from "./read-application.ts";
import { createLiveScreen } from "./render/live-screen.ts";
import { createPlainScreen } from "./render/plain-screen.ts";
import { createJsonScreen, type Screen } from "./render/screen.ts";
import { eventIn, type Run, runWith } from "./run.ts";
import { terminalOf } from "./terminal.ts";

export interface Session {
  readonly application: Application;
  readonly ports: Ports;
  readonly emit: Emit;
  /** Aborted when the person interrupts. */
  readonly signal: AbortSignal;
}

export interface VerbRequest {
  readonly verb: string;
  /** What the verb is about, for the first event. */
  readonly target: string;
  readonly options: CommonOptions;
  /** As the person named it. */
  readonly environment?: string;
  /** Region of the environment or collection in question. */
  readonly region: (application: Application) => string;
  /** Where the lines of containers are the point of the verb: as they are, or each after its service's name. */
  readonly output?: "raw" | "named";
}

/** Reads the file, opens the ports, shows the events while the verb runs. */
export async function withSession<T>(
  request: VerbRequest,
  run: (session: Session) => Promise<T>,
): Promise<T> {
  const { options } = request;
  const screen = createScreen(options);
  const told = options.json === true ? screen.emit : withOutput(screen, request.output);
  const emit = eventsIn(told, runWith(options, request.environment));
  const { signal, close } = createInterrupt();
  try {
    const { application, ...source } = await readApplication(options.file ?? []);
    const local = options.local === true ? await startLocalAws(process.env) : undefined;
    const region = request.region(application);
    const ports = pausing(openPorts(source, { region, options, interrupt: signal, local }), screen);
    return await runVerb(request.verb, request.target, ports, emit, async (told) => {
      if (local !== undefined) await demandLocalAccount(local, ports.aws);
      return run({ application, ports, emit: told, signal });
    });
  } finally {
    close();
    screen.close();
  }
}

/** Events propose commands as well. */
function eventsIn(emit: Emit, run: Run): Emit {
  return (event) => emit(eventIn(event, run));
}

/** Aborts at the first interrupt of each kind; from `close` on they end the process at once. */
function createInterrupt(): { readonly signal: AbortSignal; close(): void } {
  const interrupt = new AbortController();
  const abort = (): void => interrupt.abort();
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of names) process.once(name, abort);
  return {
    signal: interrupt.signal,
    close: () => {
      for (const name of names) process.off(name, abort);
    },
  };
}

function createScreen(options: CommonOptions): Screen {
  if (options.json === true) return createJsonScreen((text) => process.stdout.write(text));
  if (process.stderr.isTTY) return createLiveScreen(process.stderr);
  return createPlainScreen((text) => process.stderr.write(text));
}

function withOutput(screen: Screen, output: VerbRequest["output"]): Emit {
  return (event) => {
    screen.emit(event);
    if (event.type !== "output" || output === undefined) return;
    screen.pause();
    const line = process.stdout.isTTY ? visibleLine(event.line) : event.line;
    process.stdout.write(output === "raw" ? `${line}\n` : `${event.source} │ ${line}\n`);
  };
}

interface PortsOptions {
  readonly region: string;
  readonly options: CommonOptions;
  readonly interrupt: AbortSignal;
  readonly local: LocalAws | undefined;
}

function openPorts(
  { project, placeOf }: Omit<ReadApplication, "application">,
  { region, options, interrupt, local }: PortsOptions,
): Ports {
  return createPorts({
    project,
    placeOf,
    region,
    environment: process.env,
    pid: process.pid,
    answered: answeredKinds({ isYes: options.yes === true, isLocal: options.local === true }),
    pinned: options.trust ?? [],
    interrupt,
    ...(local === undefined ? {} : { local }),
    ...terminalOf(options),
  });
}

function pausing(ports: Ports, screen: Screen): Ports {
  const { questions } = ports;
  return {
    ...ports,
    questions: {
      confirm: (question) => {
        screen.pause();
        return questions.confirm(question);
      },
      typed: (question, expected) => {
        screen.pause();
        return questions.typed(question, expected);
      },
    },
  };
}
