import type { Action } from "./configuration.ts";
import { type Answer, answerOf } from "./exchange.ts";
import { hostName, pathOf, queryOf, type RuleSubject } from "./match.ts";

type Redirect = Extract<Action, { kind: "redirect" }>;

const server = ["Server", "awselb/2.0"] as const;

/** The error pages of a load balancer, word for word as clients know them. */
const reasons: Readonly<Record<number, string>> = {
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Temporarily Unavailable",
  504: "Gateway Time-out",
};

/** An answer the load balancer gives on its own account. */
export function balancerError(status: 500 | 502 | 503 | 504): Answer {
  const title = `${status} ${reasons[status]}`;
  const page = [
    "<html>",
    `<head><title>${title}</title></head>`,
    "<body>",
    `<center><h1>${title}</h1></center>`,
    "</body>",
    "</html>",
    "",
  ].join("\r\n");
  return { ...answerOf(status, [server, ["Content-Type", "text/html"]], page), reason: reasons[status] };
}

export function fixedResponse(action: Extract<Action, { kind: "fixed-response" }>): Answer {
  return answerOf(
    action.status,
    [server, ["Content-Type", `${action.contentType}; charset=utf-8`]],
    action.body,
  );
}

/** A redirect with `#{protocol}`, `#{host}`, `#{port}`, `#{path}` and `#{query}` filled in from the request. */
export function redirectAnswer(
  action: Redirect,
  request: RuleSubject,
  listener: { readonly protocol: string; readonly port: number },
): Answer {
  return answerOf(action.status, [
    server,
    ["Content-Type", "text/html"],
    ["Location", redirectLocation(action, request, listener)],
  ]);
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions */
function redirectLocation(
  action: Redirect,
  request: RuleSubject,
  listener: { readonly protocol: string; readonly port: number },
): string {
  const known: Readonly<Record<string, string>> = {
    protocol: listener.protocol,
    host: hostName(request.headers),
    port: String(listener.port),
    path: pathOf(request.target).replace(/^\//, ""),
    query: queryOf(request.target),
  };
  const fill = (text: string): string =>
    text.replaceAll(/#\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole);
  const protocol = fill(action.protocol).toLowerCase();
  const port = fill(action.port);
  const usual = protocol === "https" ? "443" : "80";
  const query = fill(action.query);
  const origin = `${protocol}://${fill(action.host)}${port === usual ? "" : `:${port}`}`;
  return `${origin}${fill(action.path)}${query === "" ? "" : `?${query}`}`;
}
