import { authoritiesPath } from "../../../app/authorities.ts";
import type { Binding, TextPart } from "../../../app/binding.ts";
import type { DatabaseDraft } from "../database-draft.ts";
import { homeOf } from "./home.ts";

/** A connection text of `key=value` pairs, as ADO.NET or libpq writes it. */
export interface ConnectionText {
  readonly host: string;
  readonly user?: string;
  readonly database?: string;
  readonly pairs: readonly Pair[];
  readonly notation: Notation;
}

interface Pair {
  readonly key: string;
  readonly value: string;
}

/** What a pair says; `host` of ADO.NET may carry the port (`db,1433`, `db:5432`). */
type Meaning = "host" | "port" | "user" | "password" | "database" | "tls";

interface Notation {
  readonly separator: ";" | " ";
  readonly quoting: "doubled" | "escaped";
  readonly keys: Readonly<Record<string, Meaning>>;
  /** The mode of TLS that checks authority and host. */
  readonly verified: string;
}

/** https://www.npgsql.org/doc/connection-string-parameters.html */
const ado: Notation = {
  separator: ";",
  quoting: "doubled",
  keys: {
    host: "host",
    server: "host",
    "data source": "host",
    port: "port",
    username: "user",
    "user name": "user",
    "user id": "user",
    userid: "user",
    user: "user",
    uid: "user",
    password: "password",
    pwd: "password",
    database: "database",
    db: "database",
    "initial catalog": "database",
    "ssl mode": "tls",
    sslmode: "tls",
  },
  verified: `SSL Mode=VerifyFull;Root Certificate=${authoritiesPath}`,
};

/** https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS; PGSSLROOTCERT names the authorities. */
const libpq: Notation = {
  separator: " ",
  quoting: "escaped",
  keys: {
    host: "host",
    port: "port",
    user: "user",
    password: "password",
    dbname: "database",
    sslmode: "tls",
  },
  verified: "sslmode=verify-full",
};

/** Undefined when the text is no list of pairs that names a host. */
export function parseConnectionText(text: string): ConnectionText | undefined {
  const notation = text.includes(";") ? ado : libpq;
  const written = text
    .split(notation.separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const pairs = written.map(pairOf);
  if (pairs.length < 2 || !pairs.every((pair) => pair !== undefined)) return undefined;
  const told = (meaning: Meaning) => pairs.find((pair) => meaningOf(pair, notation) === meaning)?.value;
  const host = told("host")?.replace(/^tcp:/, "").split(/[,:]/)[0];
  const user = told("user");
  const database = told("database");
  if (host === undefined || host === "") return undefined;
  return {
    host,
    pairs,
    notation,
    ...(user === undefined ? {} : { user }),
    ...(database === undefined ? {} : { database }),
  };
}

/** The text with the real host, port and password in it, and with TLS. */
export function textBinding(
  { host, pairs, notation, ...written }: ConnectionText,
  draft: DatabaseDraft,
): Extract<Binding, { kind: "text" }> {
  const home = homeOf(draft);
  const role = written.user ?? home.role;
  const kept = pairs.filter((pair) => !isNoTls(pair, notation) && meaningOf(pair, notation) !== "port");
  const parts = kept.flatMap((pair) => pairParts(pair, notation));
  const tls = kept.some((pair) => meaningOf(pair, notation) === "tls")
    ? []
    : [{ text: verifiedBy(notation, draft) }];
  return {
    kind: "text",
    resource: host,
    role,
    database: written.database ?? home.name,
    quoting: notation.quoting,
    parts: [...parts, ...tls],
  };
}

/** https://mysqlconnector.net/connection-options/ */
const mysqlVerified = `SslMode=VerifyFull;SslCa=${authoritiesPath}`;

/** `key = value`, of one line. */
function pairOf(part: string): Pair | undefined {
  const [, key = "", value = ""] = /^([^=]*)=(.*)$/s.exec(part) ?? [];
  const pair = { key: key.trimEnd(), value: value.trimStart() };
  return /^[A-Za-z][A-Za-z _]*$/.test(pair.key) && /^.*$/.test(pair.value) ? pair : undefined;
}

function verifiedBy({ separator, verified }: Notation, { engine }: DatabaseDraft): string {
  return engine !== "postgres" && separator === ";" ? mysqlVerified : verified;
}

function meaningOf({ key }: Pair, { keys }: Notation): Meaning | undefined {
  const name = key.toLowerCase();
  return Object.hasOwn(keys, name) ? keys[name] : undefined;
}

/** RDS takes no connection without TLS: a mode that allows none is for home. */
function isNoTls(pair: Pair, notation: Notation): boolean {
  return meaningOf(pair, notation) === "tls" && /^(?:disable|disabled|none|false)$/i.test(pair.value);
}

function pairParts(pair: Pair, notation: Notation): readonly TextPart[] {
  const { separator } = notation;
  switch (meaningOf(pair, notation)) {
    case "host": {
      const port = separator === ";" ? ";Port=" : " port=";
      return [
        { text: `${pair.key}=` },
        { attribute: "host" },
        { text: port },
        { attribute: "port" },
        { text: separator },
      ];
    }
    case "password":
      return [{ text: `${pair.key}=` }, { attribute: "password" }, { text: separator }];
    default:
      return [{ text: `${pair.key}=${pair.value}${separator}` }];
  }
}
