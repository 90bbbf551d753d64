import type { ComposeService } from "../compose/service.ts";

type Spoken = Pick<ComposeService, "healthcheck" | "environment">;

/** Ports whose servers speak no HTTP for visitors: of other protocols, of debuggers, of TLS, which ends at the CDN. */
const notForVisitors: ReadonlySet<number> = new Set([
  ...[21, 22, 23, 25, 53, 110, 143, 389, 465, 587, 636, 853, 993, 995],
  ...[443, 8443],
  ...[1433, 1521, 1883, 3306, 3890, 4317, 5432, 5672, 6379, 8883, 9092, 9300, 11211, 27017],
  ...[2345, 5005, 5678, 5858, 9003, 9229, 9230, 24678, 35729],
]);

type Evidence = (port: number, spoken: Spoken) => boolean;

/** Each narrows the ports where it speaks for some, in this order. */
const evidence: readonly Evidence[] = [
  (port) => !notForVisitors.has(port),
  (port, { environment }) => Number(environment?.["PORT"]) === port,
  (port, { healthcheck }) => asksAt(healthcheck?.test, port),
  (port) => port === 80,
];

/** Those of a service's ports that visitors may mean; where nothing tells them apart, all. */
export function likelyPorts(ports: readonly number[], spoken: Spoken): readonly number[] {
  return evidence.reduce<readonly number[]>((left, speaks) => {
    const kept = left.filter((port) => speaks(port, spoken));
    return kept.length > 0 ? kept : left;
  }, ports);
}

/** `curl -f http://localhost:8000/healthz` */
function asksAt(test: string | readonly string[] | undefined, port: number): boolean {
  return new RegExp(`(?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1?\\]):${port}(?!\\d)`).test(
    [test].flat().join(" "),
  );
}
