import { containerServices, findService } from "../app/find.ts";
import { UserError } from "../errors.ts";
import type { Emit } from "./events.ts";
import type { Ports } from "./ports.ts";
import { openTarget } from "./release/open.ts";
import type { EnvironmentRequest, Target } from "./target.ts";
import { interleave, type LogSource, linesSince, type Seen, unseen } from "./task/logs-query.ts";
import { logLine } from "./task/task-logs.ts";

export interface LogsRequest extends EnvironmentRequest {
  /** All services when left out. */
  readonly service?: string;
  readonly since: Date;
  /** Goes on until the signal. */
  readonly follow?: boolean;
  /** CloudWatch's filter pattern
   * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html). */
  readonly filter?: string;
}

const pollMilliseconds = 2_000;

/** Tells the services' lines as `output` events, interleaved by time; answers how many there were. */
export async function logs(
  request: LogsRequest,
  ports: Ports,
  emit: Emit,
): Promise<{ readonly lines: number }> {
  const sources = sourcesOf(await openTarget(request, ports), request.service);
  let seen: Seen = { ids: new Set(), since: request.since.getTime() };
  let count = 0;
  for (;;) {
    const { since } = seen;
    const groups = await Promise.all(
      sources.map((source) => linesSince(source, since, request.filter, ports)),
    );
    const found = unseen(interleave(groups), seen);
    seen = found.seen;
    count += found.fresh.length;
    for (const { service, message, timestamp } of found.fresh) {
      emit({ type: "output", source: service, ...logLine(message, timestamp) });
    }
    if (request.follow !== true || request.signal?.aborted === true) return { lines: count };
    await ports.clock.sleep(pollMilliseconds);
  }
}

function sourcesOf({ environment, outputs }: Target, name: string | undefined): readonly LogSource[] {
  const wanted = name === undefined ? containerServices(environment) : [findService(environment, name)];
  const [site] = wanted.filter((service) => service.type === "site");
  if (site !== undefined) throw isSite(site.name);
  return wanted.flatMap((service) => {
    const group = outputs.services[service.name]?.log_group;
    return group === undefined ? [] : [{ service: service.name, group }];
  });
}

function isSite(name: string): UserError {
  return new UserError({
    code: "no-logs",
    subject: name,
    message: "is a site: no container of yours serves it, so it has no logs",
    hint: "Name a service that runs.",
  });
}
