import { request } from "node:http";
import { buffer } from "node:stream/consumers";

export interface Visit {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface VisitOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Over a connection of its own, closed afterwards. */
  readonly alone?: boolean;
}

/** A plain HTTP request; names below `.localhost` are this machine, which Node's resolver does not know. */
export function visit(url: string, options: VisitOptions = {}): Promise<Visit> {
  const { hostname, host, port, pathname, search } = new URL(url);
  const address = hostname.endsWith(".localhost") ? "127.0.0.1" : hostname;
  const headers = { ...options.headers, host };
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: address,
      port,
      path: pathname + search,
      method: options.method ?? "GET",
      headers,
      ...(options.alone === true ? { agent: false } : {}),
    });
    outgoing.on("error", reject);
    outgoing.on("response", (answer) => {
      buffer(answer).then(
        (body) =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: body.toString("utf8") }),
        reject,
      );
    });
    outgoing.end(options.body);
  });
}
