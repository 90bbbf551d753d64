import type { ComposeService } from "../compose/service.ts";

type Spoken = Pick<ComposeService, "healthcheck" | "environment">;

/** Ports of other protocols than HTTP: https://www.iana.org/assignments/service-names-port-numbers, and what databases and queues have. */
const ofOtherProtocols: readonly number[] = [
  ...[21, 22, 23, 25, 53, 110, 143, 389, 465, 587, 636, 853, 993, 995],
  ...[1433, 1521, 1883, 2181, 3306, 3890, 4317, 5432, 5672, 6379, 8883, 9042, 9092, 9300, 11211, 27017],
];

/** No server speaks HTTP at any of these. */
export function speakNoHttp(ports: readonly number[]): boolean {
  return ports.length > 0 && ports.every((port) => ofOtherProtocols.includes(port));
}

/** Those of other protocols, of TLS, which ends at the CDN, and of debuggers. */
const notForVisitors: ReadonlySet<number> = new Set([
  ...ofOtherProtocols,
  ...[443, 8443],
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
