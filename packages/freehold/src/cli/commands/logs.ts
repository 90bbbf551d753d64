import { logs as readLogs } from "../../engine/logs.ts";
import { UserError } from "../../errors.ts";
import { withEnvironment } from "../environment-session.ts";
import type { LogOptions } from "../options.ts";
import { readerGone } from "../outlive-readers.ts";

export async function logs(service: string | undefined, options: LogOptions): Promise<void> {
  const since = parseSince(options.since, new Date());
  const wanted = {
    since,
    follow: options.follow === true,
    ...(service === undefined ? {} : { service }),
    ...(options.filter === undefined ? {} : { filter: options.filter }),
  };
  const gone = readerGone(process.stdout);
  await withEnvironment(
    { verb: "logs", environment: options.environment, options, output: "named" },
    ({ request, ports, emit }) => {
      const signal = AbortSignal.any([request.signal, gone]);
      return readLogs({ ...request, ...wanted, signal }, ports, emit);
    },
  );
}

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `10m`, `2h`, `1d` before now, or a time that JavaScript reads. Errors: UserError (wrong usage). */
export function parseSince(text: string, now: Date): Date {
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const before =
    unit === "s" || unit === "m" || unit === "h" || unit === "d"
      ? now.getTime() - Number(amount) * units[unit]
      : Date.parse(text);
  if (Number.isFinite(before)) return new Date(before);
  const hint = "Write 30s, 10m, 2h, 1d, or a time such as 2026-01-31T12:00:00Z.";
  throw new UserError(
    { code: "bad-since", subject: "--since", message: `${text} is no time.`, hint },
    { exitCode: 2 },
  );
}
