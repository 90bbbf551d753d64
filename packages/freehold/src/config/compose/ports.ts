import { wholeNumber } from "../fields.ts";
import * as z from "../zod.ts";

interface Port {
  readonly target: number;
  /** Of the host, where one alone is named. */
  readonly published?: number;
  /** The address of the host it is bound to; undefined means all. */
  readonly address: string | undefined;
  readonly protocol: string;
}

const port = wholeNumber(1, 65535);

const long = z
  .strictObject({
    target: port.describe("Port inside the container."),
    published: z
      .union([z.string(), z.number()])
      .optional()
      .describe("Port on the host; means nothing on AWS."),
    host_ip: z.string().optional().describe("127.0.0.1 makes a port private."),
    protocol: z.enum(["tcp", "udp"]).default("tcp").describe("tcp or udp."),
    mode: z.string().optional().describe("Means nothing on AWS."),
    name: z.string().optional().describe("Means nothing on AWS."),
    app_protocol: z.string().optional().describe("Means nothing on AWS."),
  })
  .transform((value): readonly Port[] => [
    {
      target: value.target,
      address: value.host_ip,
      protocol: value.protocol,
      ...publishedAt(String(value.published)),
    },
  ]);

const short = z.union([z.string(), z.number()]).transform((value, context): readonly Port[] => {
  const parsed = parsePort(String(value));
  if (parsed !== undefined) return parsed;
  context.addIssue(`\`${value}\` is no port; write it like \`8000\`, \`8080:80\` or \`127.0.0.1:8080:80\``);
  return z.NEVER;
});

/** https://docs.docker.com/reference/compose-file/services/#ports */
export const portsSchema = z.array(z.union([short, long])).transform((lists) => lists.flat());

export const exposeSchema = z
  .array(z.union([z.string(), z.number()]))
  .transform((values) => values.map((value) => Number(String(value).replace(/\/\w+$/, ""))));

/** `[[address:][published]:]container[-last][/protocol]` */
function parsePort(text: string): readonly Port[] | undefined {
  const match =
    /^(?:(?:(\[[0-9a-f:]+\]|[^:[\]]+):)?(\d+(?:-\d+)?)?:)?(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp))?$/i.exec(
      text,
    );
  const first = Number(match?.[3]);
  const last = Number(match?.[4] ?? match?.[3]);
  if (match === null || first < 1 || last < first || last > 65535) return undefined;
  const protocol = match[5]?.toLowerCase() ?? "tcp";
  // A range of thousands is as wrong as one of two: one port is served.
  const count = Math.min(last - first + 1, 16);
  return Array.from({ length: count }, (_, index) => ({
    target: first + index,
    address: match[1],
    protocol,
    ...publishedAt(match[2] ?? ""),
  }));
}

/** A range is none that can be told apart. */
function publishedAt(text: string): { readonly published?: number } {
  return /^\d{1,5}$/.test(text) ? { published: Number(text) } : {};
}
