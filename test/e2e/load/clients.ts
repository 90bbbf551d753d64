import { setTimeout as sleep } from "node:timers/promises";
import { visit } from "../visit.ts";
import type { Journal } from "./journal.ts";
import { type LoadRequest, requests, streamed } from "./requests.ts";

/** Clients that go on until they are told to leave. */
export interface Clients {
  /** Resolves when each has its last answer. */
  leave(): Promise<void>;
}

/** Each request over a connection of its own: as many at a time as there are `connections`. */
export function sendStrangers(origin: string, connections: number, journal: Journal): Clients {
  return going(connections, async (turn) => {
    const request = requests[turn % requests.length];
    if (request !== undefined) await send(origin, request, journal);
  });
}

/** Begin a streamed answer every second, several of which are under way at any moment. */
export function sendListeners(origin: string, journal: Journal): Clients {
  return going(8 * streamed.length, async (turn) => {
    if (turn < 8 * streamed.length) await sleep(1000 * Math.floor(turn / streamed.length));
    const request = streamed[turn % streamed.length];
    if (request !== undefined) await send(origin, request, journal);
  });
}

/** Load the page, at once the script it names, and five seconds later the one that it loads late. */
export function sendReaders(origin: string, readers: number, journal: Journal): Clients {
  return going(readers, async (turn) => {
    if (turn < readers) await sleep((turn * 5000) / readers);
    const page = await read(origin, "/", "site page", /<title>edition (\d+)</, journal);
    const edition = /<title>edition (\d+)</.exec(page)?.[1];
    const assets = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = ""]) => path);
    const [main = "", later = ""] = assets;
    // A script of another edition than its page is a mixed page.
    const whole = new RegExp(`^export const \\w+ = "edition (${edition})";\n$`);
    await read(origin, main, "site script", whole, journal);
    await sleep(5000);
    await read(origin, later, "site late script", whole, journal);
  });
}

function going(lanes: number, go: (turn: number) => Promise<void>): Clients {
  let isLeaving = false;
  const lane = async (first: number): Promise<void> => {
    for (let turn = first; !isLeaving; turn += lanes) await go(turn);
  };
  const all = Promise.all(Array.from({ length: lanes }, (_, first) => lane(first)));
  return {
    leave: async () => {
      isLeaving = true;
      await all;
    },
  };
}

async function read(
  origin: string,
  path: string,
  what: string,
  whole: RegExp,
  journal: Journal,
): Promise<string> {
  return send(origin, { what, path, method: "GET", whole }, journal);
}

async function send(origin: string, request: LoadRequest, journal: Journal): Promise<string> {
  const { what, method, path, body, whole } = request;
  const began = performance.now();
  try {
    const { status, text } = await visit(`${origin}${path}`, {
      method,
      alone: true,
      ...(body === undefined ? {} : { body, headers: { "content-length": String(body.length) } }),
    });
    journal.note(what, began, status, text, whole);
    return text;
  } catch (error) {
    journal.fail(what, began, error);
    return "";
  }
}
