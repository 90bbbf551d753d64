import assert from "node:assert/strict";
import { test } from "node:test";
import { composeBindingValue } from "../app/binding-value.ts";
import { notesOf, serviceOf } from "./testing/parse.ts";

const db = `db: { image: "postgres:17", environment: { POSTGRES_USER: home, POSTGRES_DB: house, POSTGRES_PASSWORD: hush } }`;

/** What the variable `V` holds on AWS, where the password is `a'b"c`. */
function onAws(value: string): string | undefined {
  const service = serviceOf(`services:\n  a: { image: x, environment: { V: "${value}" } }\n  ${db}`);
  const binding = service.bindings["V"];
  if (binding === undefined) return undefined;
  if (binding.kind === "url" && binding.open === true)
    return `${binding.scheme}://${binding.path}?${binding.query} of ${binding.role}`;
  return composeBindingValue(binding, { host: "real", port: 5433, password: `a'b"c` });
}

const authorities = "/etc/freehold/ca.pem";
const verified = `SSL Mode=VerifyFull;Root Certificate=${authorities}`;

const texts: readonly (readonly [string, string | undefined])[] = [
  [
    "Host=db;Port=5432;Database=house;Username=home;Password=hush",
    `Host=real;Port=5433;Database=house;Username=home;Password="a'b""c";${verified}`,
  ],
  [
    "Server=tcp:db,5432; User Id=home; Password=hush;",
    `Server=real;Port=5433;User Id=home;Password="a'b""c";${verified}`,
  ],
  ["Host=db;SSL Mode=Require;Pwd=hush", `Host=real;Port=5433;SSL Mode=Require;Pwd="a'b""c";`],
  ["Host=db;SslMode=Disable;Pwd=hush", `Host=real;Port=5433;Pwd="a'b""c";${verified}`],
  [
    "host=db user=home password=hush dbname=house port=5432 sslmode=disable TimeZone=UTC",
    `host=real port=5433 user=home password='a\\'b"c' dbname=house TimeZone=UTC sslmode=verify-full`,
  ],
  ["host=elsewhere user=home", undefined],
  ["Host=db", undefined],
  ["a=b c=d", undefined],
  [
    "jdbc:postgresql://db:5432/house",
    `jdbc:postgresql:///house?sslmode=verify-full&sslrootcert=${authorities} of home`,
  ],
  [
    "jdbc:postgresql://db/",
    `jdbc:postgresql:///house?sslmode=verify-full&sslrootcert=${authorities} of home`,
  ],
  ["jdbc:postgresql://db/house?ssl=true", "jdbc:postgresql:///house?ssl=true of home"],
  ["ecto://home:hush@db/house", "ecto://home:a'b%22c@real:5433/house"],
  ["postgis://home:hush@db/house", "postgis://home:a'b%22c@real:5433/house?sslmode=verify-full"],
  [
    "postgres://home:hush@db/house?sslmode=disable",
    "postgres://home:a'b%22c@real:5433/house?sslmode=verify-full",
  ],
  [
    "postgres://home:hush@db/house?sslmode=prefer&a=b",
    "postgres://home:a'b%22c@real:5433/house?sslmode=prefer&a=b",
  ],
];

for (const [written, expected] of texts)
  test(`${written} becomes ${expected}`, () => assert.equal(onAws(written), expected));

test("the database and the role of a connection text are made", () => {
  const { bindings, variables } = serviceOf(
    `services:\n  a: { image: x, environment: { V: "Host=db;Database=other;Username=them;Password=p" } }\n  ${db}`,
  );
  assert.deepEqual([variables["DB_NAME"], variables["DB_USER"]], ["other", "them"]);
  assert.equal(bindings["DB_URL"]?.kind === "url" && bindings["DB_URL"].path, "/other");
});

test("that TLS is turned on, or must be in Ecto's own configuration, is said", () => {
  const notes = notesOf(
    `services:\n  a: { image: x, environment: { V: "postgres://home@db/house?sslmode=disable", W: "ecto://home@db/house" } }\n  ${db}`,
  ).join("\n");
  assert.match(notes, /environment\.V: `sslmode=disable` is for home: RDS takes no connection without TLS/);
  assert.match(notes, /environment\.W: is bound, but Ecto takes TLS from its configuration alone/);
});
