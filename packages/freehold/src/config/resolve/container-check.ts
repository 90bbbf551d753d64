import type { ContainerCheck } from "../../app/application.ts";
import type { Findings } from "../findings.ts";
import type { ContainerDraft } from "./draft.ts";

/**
 * The check that the container is given at home, within what ECS takes
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html). Undefined where there is none.
 */
export function containerCheck(
  { compose, subject }: ContainerDraft,
  findings: Findings,
): ContainerCheck | undefined {
  const check = compose.healthcheck;
  const command = commandOf(check?.test);
  if (check === undefined || check.disable === true || command === undefined) return undefined;
  const within = (name: string, value: number | undefined, usual: number, least: number, most: number) => {
    const wanted = Math.ceil(value ?? usual);
    const taken = Math.min(Math.max(wanted, least), most);
    if (value !== undefined && taken !== wanted)
      findings.note(
        `${subject}.healthcheck.${name}`,
        `${wanted} becomes ${taken}: ECS takes ${least} to ${most}`,
      );
    return taken;
  };
  return {
    command,
    interval: within("interval", check.interval, 30, 5, 300),
    timeout: within("timeout", check.timeout, 5, 2, 60),
    retries: within("retries", check.retries, 3, 1, 10),
    startPeriod: within("start_period", check.start_period, 0, 0, 300),
  };
}

/** A text is for the shell; `NONE` takes away the image's own, which ECS does not look at. */
function commandOf(test: string | readonly string[] | undefined): readonly string[] | undefined {
  if (typeof test === "string") return ["CMD-SHELL", test];
  return test === undefined || test.length < 2 ? undefined : test;
}
