import { status as readStatus, type Status } from "../../engine/status.ts";
import { withEnvironment } from "../environment-session.ts";
import type { CommonOptions } from "../options.ts";
import { print } from "../print.ts";
import { renderTable } from "../render/table.ts";

export async function status(environment: string | undefined, options: CommonOptions): Promise<void> {
  const found = await withEnvironment({ verb: "status", environment, options }, ({ request, ports }) =>
    readStatus(request, ports),
  );
  if (options.json !== true) print(describe(found));
}

function describe(found: Status): readonly string[] {
  const { release } = found;
  const live =
    release === undefined
      ? "nothing was released yet"
      : `release ${release.id} of ${release.createdAt} by ${release.author}`;
  return [
    `${found.environment}: ${live}`,
    ...(found.url === undefined ? [] : [found.url]),
    "",
    ...renderTable(
      found.services.map((service) => [service.name, service.type, service.state, detail(service)]),
    ),
    ...found.services.flatMap(deaths),
  ];
}

function deaths({ name, stopped }: Status["services"][number]): readonly string[] {
  return stopped.map(({ id, reason, stoppedAt }) => {
    const when = stoppedAt === undefined ? "" : ` (${stoppedAt.slice(0, 19)}Z)`;
    return `${name}: task ${id.slice(0, 8)} ${reason}${when}`;
  });
}

function detail(service: Status["services"][number]): string {
  const count =
    service.desired === undefined ? undefined : `${service.running ?? 0} of ${service.desired} running`;
  const changed = service.changedIn === undefined ? undefined : `since ${service.changedIn}`;
  return [count, service.schedule, service.url, changed, service.rollout]
    .filter((one) => one !== undefined)
    .join(" · ");
}
