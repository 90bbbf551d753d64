import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { type Casualty, type HttpPlane, ServiceError } from "../service.ts";
import { readBody } from "./body.ts";
import { readFaultOrders } from "./fault-orders.ts";
import type { Faults } from "./faults.ts";
import { isEndpointHost } from "./hosts.ts";
import { bearsToken } from "./token.ts";

/** What `GET /_local` says. */
export interface LocalStatus {
  readonly endpoint: string;
  readonly folder: string;
  readonly pid: number;
  readonly region: string;
  readonly accountId: string;
  /** Models of the services that are our own. */
  readonly services: readonly string[];
}

/** What our own page can do. */
export interface LocalActions {
  readonly shutdown: () => void;
  readonly faults: Faults;
  /** Answers the ARNs of what died. */
  readonly kill: (casualty: Casualty) => Promise<readonly string[]>;
}

/**
 * Our own page: what runs (`GET /_local`), the way to end it (`POST /_local/shutdown`), and the faults that are ordered
 * (`/_local/faults`: GET, POST, DELETE). For those alone who have the token, for web pages reach loopback too.
 */
export function createLocalPage(status: LocalStatus, token: string, actions: LocalActions): HttpPlane {
  return {
    pages: "own",
    claims: (request) => /^\/_local(\/|\?|$)/.test(request.url ?? "") && isEndpointHost(request.headers.host),
    serve: async (request, response) => {
      if (!bearsToken(request, token)) return sendJson(response, 401, { message: wayIn(status) });
      const path = (request.url ?? "").split("?")[0];
      const answer = answers[`${request.method} ${path}`];
      if (answer === undefined) sendJson(response, 404, { message: `there is no ${request.method} ${path}` });
      else await answer({ request, response, status, actions });
    },
  };
}

function wayIn({ folder }: LocalStatus): string {
  return `this needs the token in ${join(folder, "token")}: as \`Authorization: Bearer\`, or behind the link of \`local-aws status --show-token\``;
}

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly status: LocalStatus;
  readonly actions: LocalActions;
}

/** Bytes of orders. */
const mostOrders = 64 * 1024;

const answers: Readonly<Record<string, (asked: Asked) => Promise<void> | void>> = {
  "GET /_local": ({ response, status }) => sendJson(response, 200, status),
  "GET /_local/faults": ({ response, actions }) => sendJson(response, 200, actions.faults.status()),
  "POST /_local/shutdown": ({ response, actions }) => {
    response.once("close", actions.shutdown);
    sendJson(response, 202, { message: "stopping" });
  },
  "POST /_local/faults": async ({ request, response, actions }) => {
    const { rules, seed, kill } = readFaultOrders(parsed(await readBody(request, mostOrders)));
    if (rules !== undefined) actions.faults.set(rules, seed);
    const killed = kill === undefined ? undefined : await actions.kill(kill);
    sendJson(response, 200, { ...actions.faults.status(), killed });
  },
  "DELETE /_local/faults": ({ response, actions }) => {
    actions.faults.clear();
    sendJson(response, 200, actions.faults.status());
  },
};

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new ServiceError("InvalidFaults", "the body is no JSON");
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = `${JSON.stringify(body, null, 2)}\n`;
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}
