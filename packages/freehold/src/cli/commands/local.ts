import { declined } from "../../engine/provision/provision.ts";
import {
  type LocalAws,
  localAwsStatus,
  resetLocalAws,
  startLocalAws,
  stopLocalAws,
} from "../../ports/local-aws.ts";
import { answeredKinds, createQuestions } from "../../ports/questions.ts";
import { print } from "../print.ts";
import { terminalOf } from "../terminal.ts";

export interface LocalOptions {
  readonly yes?: true;
  readonly showToken?: true;
}

export async function local(
  verb: "start" | "stop" | "status" | "reset",
  options: LocalOptions,
): Promise<void> {
  if (verb === "start") return print(lines(await startLocalAws(process.env), options));
  if (verb === "status") return print(lines(await localAwsStatus(process.env), options));
  if (verb === "reset" && !(await agreed(options.yes === true))) throw declined();
  const run = { stop: stopLocalAws, reset: resetLocalAws };
  print([await run[verb](process.env)]);
}

/** Whoever has the token can change what runs: only who asks for it sees it, for terminals and CI keep what they show. */
function lines(
  { endpoint, folder, environment, page }: LocalAws,
  { showToken }: LocalOptions,
): readonly string[] {
  const link =
    showToken === true
      ? `What runs: ${page}`
      : `What runs: ${endpoint}/_local (\`freehold local status --show-token\` prints the link with its token)`;
  return [
    `local-aws answers at ${endpoint}; its state is in ${folder}`,
    link,
    "freehold uses it with --local; other tools with:",
    ...Object.entries(environment).map(([name, value]) => `  export ${name}=${value}`),
  ];
}

function agreed(isYes: boolean): Promise<boolean> {
  const questions = createQuestions({ answered: answeredKinds({ isYes }), ...terminalOf() });
  return questions.confirm({ kind: "data", text: "Forget everything that local-aws holds?" });
}
