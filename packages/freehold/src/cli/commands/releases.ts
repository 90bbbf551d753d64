import { releases as readReleases } from "../../engine/releases.ts";
import { withEnvironment } from "../environment-session.ts";
import type { CommonOptions } from "../options.ts";
import { print } from "../print.ts";
import { renderTable } from "../render/table.ts";

export async function releases(environment: string | undefined, options: CommonOptions): Promise<void> {
  const found = await withEnvironment({ verb: "releases", environment, options }, ({ request, ports }) =>
    readReleases(request, ports),
  );
  if (options.json === true) return;
  const rows = found.releases.map((one) => [
    one.id === found.live ? `${one.id} *` : one.id,
    one.createdAt,
    one.author,
    one.rollbackOf === undefined ? (one.commit?.slice(0, 10) ?? "") : `back to ${one.rollbackOf}`,
    Object.entries(one.services)
      .filter(([, service]) => service.changedIn === one.id)
      .map(([name]) => name)
      .join(", "),
  ]);
  print(rows.length === 0 ? ["nothing was released yet"] : renderTable(rows));
}
