/** A request of the load, and what a whole answer to it looks like; its first group is the edition. */
export interface LoadRequest {
  readonly what: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: string;
  readonly whole: RegExp;
}

const said = /^edition (\d+)\n$/;
const parcel = "a parcel ".repeat(2000);

/** Quick and slow ones, with and without a body, of a service with two tasks and of one with a single task. */
export const requests: readonly LoadRequest[] = [
  { what: "pair quick", method: "GET", path: "/pair/quick", whole: said },
  { what: "single slow", method: "GET", path: "/single/slow", whole: said },
  {
    what: "pair echo",
    method: "POST",
    path: "/pair/echo",
    body: parcel,
    whole: new RegExp(`^edition (\\d+)\n${parcel}$`),
  },
  { what: "single quick", method: "GET", path: "/single/quick", whole: said },
  { what: "pair slow", method: "GET", path: "/pair/slow", whole: said },
];

/** An answer of eight seconds, bit by bit. */
export const streamed: readonly LoadRequest[] = ["pair", "single"].map((service) => ({
  what: `${service} stream`,
  method: "GET",
  path: `/${service}/stream`,
  whole: /^edition (\d+)\n(?:edition \1\n){15}end\n$/,
}));
