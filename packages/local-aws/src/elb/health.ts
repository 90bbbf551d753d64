import type { TargetHealth } from "@aws-sdk/client-elastic-load-balancing-v2";

/** Where a target stands, as https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html tells. */
export type Phase =
  | { readonly state: "initial"; readonly checks: number }
  | { readonly state: "healthy"; readonly failures: number }
  | { readonly state: "unhealthy"; readonly successes: number; readonly failure: Failure }
  | { readonly state: "draining" };

/** The outcome of one health check. */
export type Probe = { readonly passed: true } | ({ readonly passed: false } & Failure);

type Failure =
  | { readonly reason: "Target.ResponseCodeMismatch"; readonly status: number }
  | { readonly reason: "Target.Timeout" }
  | { readonly reason: "Target.FailedHealthChecks" };

export interface Thresholds {
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

export const registered: Phase = { state: "initial", checks: 0 };

/** The phase after one more check: a new target needs a single success, an unhealthy one the healthy threshold. */
export function afterProbe(phase: Phase, probe: Probe, thresholds: Thresholds): Phase {
  switch (phase.state) {
    case "initial": {
      if (probe.passed) return { state: "healthy", failures: 0 };
      const checks = phase.checks + 1;
      return checks < thresholds.unhealthyThreshold ? { state: "initial", checks } : fallen(probe);
    }
    case "healthy": {
      if (probe.passed) return { state: "healthy", failures: 0 };
      const failures = phase.failures + 1;
      return failures < thresholds.unhealthyThreshold ? { state: "healthy", failures } : fallen(probe);
    }
    case "unhealthy": {
      if (!probe.passed) return fallen(probe);
      const successes = phase.successes + 1;
      return successes < thresholds.healthyThreshold
        ? { ...phase, successes }
        : { state: "healthy", failures: 0 };
    }
    case "draining":
      return phase;
  }
}

function fallen(failure: Failure): Phase {
  return { state: "unhealthy", successes: 0, failure };
}

/** State, reason code and description in AWS's words. */
export function targetHealth(phase: Phase, inUse: boolean): TargetHealth {
  if (phase.state === "draining") {
    return {
      State: "draining",
      Reason: "Target.DeregistrationInProgress",
      Description: "Target deregistration is in progress",
    };
  }
  if (!inUse) return notInUse;
  if (phase.state === "healthy") return { State: "healthy" };
  if (phase.state === "unhealthy") {
    return { State: "unhealthy", Reason: phase.failure.reason, Description: failureText(phase.failure) };
  }
  return phase.checks === 0
    ? {
        State: "initial",
        Reason: "Elb.RegistrationInProgress",
        Description: "Target registration is in progress",
      }
    : {
        State: "initial",
        Reason: "Elb.InitialHealthChecking",
        Description: "Initial health checks in progress",
      };
}

const notInUse: TargetHealth = {
  State: "unused",
  Reason: "Target.NotInUse",
  Description: "Target group is not configured to receive traffic from the load balancer",
};

export const notRegistered: TargetHealth = {
  State: "unused",
  Reason: "Target.NotRegistered",
  Description: "Target is not registered to the target group",
};

function failureText(failure: Failure): string {
  switch (failure.reason) {
    case "Target.ResponseCodeMismatch":
      return `Health checks failed with these codes: [${failure.status}]`;
    case "Target.Timeout":
      return "Request timed out";
    case "Target.FailedHealthChecks":
      return "Health checks failed";
  }
}

/** Whether a status is among those of a matcher: `200`, `200,301`, `200-399`. */
export function matchesStatus(matcher: string, status: number): boolean {
  return matcher.split(",").some((part) => {
    const [from = "", to = from] = part.trim().split("-");
    return status >= Number(from) && status <= Number(to);
  });
}
