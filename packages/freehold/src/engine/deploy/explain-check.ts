import type { Explanation } from "../task/stop-cause.ts";
import type { Check } from "./check.ts";

/** Whose check, and what came of it. */
export interface CheckResult {
  /** The service's name in the file. */
  readonly service: string;
  readonly port: number;
  /** In the load balancer's words. */
  readonly finding: string;
}

/** What the load balancer asked and what it got. See https://docs.aws.amazon.com/elasticloadbalancing/latest/application/check-target-health.html#target-health-reason-codes. */
export function explainCheck(check: Check, { service, port, finding }: CheckResult): Explanation {
  const setting = `services.${service}.x-freehold.health`;
  const asked = `GET ${check.path} on port ${port}`;
  const told = (what: string, hint: string) => ({
    message: `It runs, but does not pass its health check: ${asked} was ${what}.`,
    hint,
  });
  const codes = /these codes: \[([\d, ]+)\]/.exec(finding)?.[1];
  if (codes !== undefined) {
    return told(`answered with ${codes}, not ${check.codes}`, `Path and codes are ${setting}.`);
  }
  if (/timed out/i.test(finding)) {
    const hint = `A slow start is given more time with ${setting}.grace.`;
    return told(`not answered within ${check.timeout} s`, hint);
  }
  return told(
    "not answered: nothing listens there",
    `It has to listen on port ${port} on all addresses (0.0.0.0), not on localhost alone.`,
  );
}
