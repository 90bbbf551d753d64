/** How Compose writes amounts and times. */

const unitExponents: Readonly<Record<string, number>> = { "": 0, k: 1, m: 2, g: 3, t: 4, p: 5 };

/**
 * Bytes of `512m`, `1g`, `1.5gb`, `512Mi`, `1024`: units are powers of 1024 and a bare number is bytes, as Docker reads
 * them. Undefined when it is none of these.
 */
export function parseBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?) ?([kmgtp]?)(?:i?b|i)?$/i.exec(text.trim());
  if (match === null) return undefined;
  const [, amount = "", unit = ""] = match;
  return Number(amount) * 1024 ** (unitExponents[unit.toLowerCase()] ?? 0);
}

const secondsPerUnit: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** Seconds of `10s`, `1m30s`, `500ms`; undefined when it is no duration. */
export function parseDuration(text: string): number | undefined {
  if (text === "0") return 0;
  if (!/^(?:\d+(?:\.\d+)?(?:us|ms|s|m|h))+$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, amount = "", unit = ""] of text.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h)/gy)) {
    seconds += Number(amount) * (secondsPerUnit[unit] ?? 0);
  }
  return seconds;
}
