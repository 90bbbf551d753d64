import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Networks } from "../platform.ts";
import type { HealthCheck } from "./configuration.ts";
import { matchesStatus, type Probe } from "./health.ts";

/** A target that cannot be reached fails its checks, and is never connected to. */
export function probeWithin(holds: Networks["holds"]): typeof probeTarget {
  return async (check, host, port) =>
    (await holds(host))
      ? probeTarget(check, host, port)
      : { passed: false, reason: "Target.FailedHealthChecks" };
}

/** One health check: a GET on a connection of its own, closed afterwards. */
export function probeTarget(check: HealthCheck, host: string, port: number): Promise<Probe> {
  const send = check.protocol === "HTTPS" ? httpsRequest : httpRequest;
  return new Promise((settle) => {
    const overdue = AbortSignal.timeout(check.timeoutSeconds * 1000);
    const request = send({
      host,
      port,
      path: check.path,
      agent: false,
      rejectUnauthorized: false,
      signal: overdue,
      headers: { Host: `${host}:${port}`, "User-Agent": "ELB-HealthChecker/2.0", Connection: "close" },
    });
    request.once("error", () => {
      settle({ passed: false, reason: overdue.aborted ? "Target.Timeout" : "Target.FailedHealthChecks" });
    });
    request.once("response", (response) => {
      const status = response.statusCode ?? 0;
      response.once("error", () => undefined).resume();
      settle(
        matchesStatus(check.matcher, status)
          ? { passed: true }
          : { passed: false, reason: "Target.ResponseCodeMismatch", status },
      );
    });
    request.end();
  });
}
