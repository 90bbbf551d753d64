import { declined } from "../../engine/provision/provision.ts";
import { localAwsStatus, resetLocalAws, startLocalAws, stopLocalAws } from "../../ports/local-aws.ts";
import { answeredKinds, createQuestions } from "../../ports/questions.ts";
import { print } from "../print.ts";
import { terminalOf } from "../terminal.ts";

export async function local(verb: "start" | "stop" | "status" | "reset", isYes: boolean): Promise<void> {
  if (verb === "start") return started();
  if (verb === "reset" && !(await agreed(isYes))) throw declined();
  const run = { stop: stopLocalAws, status: localAwsStatus, reset: resetLocalAws };
  print([await run[verb](process.env)]);
}

async function started(): Promise<void> {
  const { endpoint, environment, page } = await startLocalAws(process.env);
  print([
    `local-aws answers at ${endpoint}; what runs: ${page}`,
    "freehold uses it with --local; other tools with:",
    ...Object.entries(environment).map(([name, value]) => `  export ${name}=${value}`),
  ]);
}

function agreed(isYes: boolean): Promise<boolean> {
  const questions = createQuestions({ answered: answeredKinds({ isYes }), ...terminalOf() });
  return questions.confirm({ kind: "data", text: "Forget everything that local-aws holds?" });
}
