/** One header line as it came: names keep their case, repeated names stay repeated, order is kept. */
export type HeaderLine = readonly [name: string, value: string];
export type HeaderLines = readonly HeaderLine[];

/** Node's `rawHeaders` (name, value, name, value …) as lines. */
export function headerLines(raw: readonly string[]): HeaderLines {
  return raw.flatMap((name, at): HeaderLine[] => (at % 2 === 0 ? [[name, raw[at + 1] ?? ""]] : []));
}

/** What Node's `writeHead` and `http.request` take. */
export function rawHeaders(lines: HeaderLines): string[] {
  return lines.flat();
}

/** The value of a header, its repetitions joined as RFC 9110 section 5.3 allows. */
export function headerValue(lines: HeaderLines, name: string): string | undefined {
  const values = headerValues(lines, name);
  return values.length === 0 ? undefined : values.join(name.toLowerCase() === "cookie" ? "; " : ", ");
}

export function headerValues(lines: HeaderLines, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return lines.filter(([line]) => line.toLowerCase() === wanted).map(([, value]) => value);
}

export function withoutHeaders(lines: HeaderLines, names: readonly string[]): HeaderLines {
  const unwanted = new Set(names.map((name) => name.toLowerCase()));
  return lines.filter(([name]) => !unwanted.has(name.toLowerCase()));
}

/** Each new line takes the place of every line of its name. */
export function withHeaders(lines: HeaderLines, added: HeaderLines): HeaderLines {
  return [
    ...withoutHeaders(
      lines,
      added.map(([name]) => name),
    ),
    ...added,
  ];
}

const hopByHop = [
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
];

/** The lines that travel on: without those meant for this connection alone (RFC 9110 section 7.6.1). */
export function endToEnd(lines: HeaderLines): HeaderLines {
  const named = (headerValue(lines, "connection") ?? "").split(",").map((name) => name.trim());
  return withoutHeaders(lines, [...hopByHop, ...named]);
}
