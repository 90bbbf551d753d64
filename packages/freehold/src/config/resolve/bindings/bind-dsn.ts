import type { Binding, TextPart } from "../../../app/binding.ts";
import type { DatabaseDraft } from "../database-draft.ts";
import { homeOf } from "./home.ts";

type TextBinding = Extract<Binding, { kind: "text" }>;

/** An address of a MySQL or MariaDB in the notation of one driver. */
interface Dsn {
  readonly host: string;
  bind(draft: DatabaseDraft): TextBinding;
}

/** Go's `user:password@tcp(host:3306)/name?…`, PHP's `mysql:host=…;dbname=…`; undefined for anything else. */
export function parseDsn(text: string): Dsn | undefined {
  return goDsn(text) ?? pdoDsn(text);
}

const goForm = /^(?:([^:@/]*)(?::(.*))?@)?tcp\(([^():]+)(?::\d+)?\)\/([^/?]*)(?:\?(.*))?$/s;

/** https://github.com/go-sql-driver/mysql#dsn-data-source-name: nothing is escaped. `tls=true` verifies by SSL_CERT_DIR. */
function goDsn(text: string): Dsn | undefined {
  const [whole, user, , host = "", database = "", query = ""] = goForm.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const settings = query === "" ? [] : query.split("&");
  const tls = settings.some((setting) => setting.startsWith("tls=")) ? [] : ["tls=true"];
  const bind = (draft: DatabaseDraft): TextBinding => {
    const home = homeOf(draft);
    const role = user === undefined || user === "" ? home.role : user;
    const name = database === "" ? home.name : database;
    const parts: readonly TextPart[] = [
      { text: `${role}:` },
      { attribute: "password" },
      { text: "@tcp(" },
      { attribute: "address" },
      { text: `)/${name}?${[...settings, ...tls].join("&")}` },
    ];
    return { kind: "text", resource: host, role, database: name, quoting: "none", parts };
  };
  return { host, bind };
}

/** https://www.php.net/manual/en/ref.pdo-mysql.connection.php: user and password stand apart, and so does TLS. */
function pdoDsn(text: string): Dsn | undefined {
  if (!text.startsWith("mysql:") || text.startsWith("mysql://")) return undefined;
  const pairs = text
    .slice("mysql:".length)
    .split(";")
    .filter((pair) => pair !== "")
    .map((pair) => pair.split("=", 2));
  const told = (key: string) => pairs.find(([name]) => name?.trim() === key)?.[1];
  const host = told("host");
  if (host === undefined) return undefined;
  const rest = pairs.filter(([name]) => name?.trim() !== "host" && name?.trim() !== "port");
  const bind = (draft: DatabaseDraft): TextBinding => {
    const home = homeOf(draft);
    const parts: readonly TextPart[] = [
      { text: "mysql:host=" },
      { attribute: "host" },
      { text: ";port=" },
      { attribute: "port" },
      { text: rest.map((pair) => `;${pair.join("=")}`).join("") },
    ];
    const database = told("dbname") ?? home.name;
    return { kind: "text", resource: host, role: home.role, database, quoting: "none", parts };
  };
  return { host, bind };
}
