import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { repository } from "../house/source-files.ts";
import { type CommandLine, commandLine, transcript } from "./command-line.ts";
import { dockerHoldings, freePort, stillHeld } from "./machine.ts";
import { visit } from "./visit.ts";

interface Book {
  readonly version: string;
  readonly charset: string;
  /** Of the connection to the database; empty without TLS. */
  readonly cipher: string;
  readonly entries: readonly string[];
}

/** MariaDB as a user meets it: test/e2e/fixtures/guestbook on two of its versions, through TLS alone and as most drivers speak. */
describe("the guestbook", { timeout: 25 * 60_000 }, () => {
  let scratch = "";
  let folder = "";
  let cli: CommandLine;
  let origin = "";

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "freehold-guestbook-"));
    const project = join(scratch, "guestbook");
    folder = join(scratch, "local-aws");
    await cp(join(repository, "test/e2e/fixtures/guestbook"), project, { recursive: true });
    cli = commandLine(project, { LOCAL_AWS_PORT: String(await freePort()), LOCAL_AWS_FOLDER: folder });
  });

  after(async () => {
    await cli.run(["local", "reset", "--yes"]);
    await rm(scratch, { recursive: true, force: true });
  });

  test("comes up, its tables made", async () => {
    const up = await cli.run(["up", "--local", "--yes"]);
    assert.equal(up.code, 0, transcript(up));
    origin = /http:\/\/[a-z0-9]+\.cloudfront\.localhost:\d+/.exec(up.stdout)?.[0] ?? "";
    assert.notEqual(origin, "", transcript(up));
  });

  test("writes to MariaDB 10.11 and reads from it, through TLS, whatever the letters", async () => {
    const { version, charset, cipher, entries } = await wrote("/", "Zoë was here 🙂");
    assert.match(version, /^10\.11\./);
    assert.equal(charset, "utf8mb4");
    assert.match(cipher, /^TLS_/);
    assert.deepEqual(entries, ["Zoë was here 🙂"]);
  });

  test("writes to MariaDB 11.8, which takes a driver that speaks no TLS", async () => {
    const { version, cipher, entries } = await wrote("/visits", "first");
    assert.match(version, /^11\.8\./);
    assert.equal(cipher, "");
    assert.deepEqual(entries, ["first"]);
  });

  test("is as planned, and keeps its entries when released again", async () => {
    const plan = await cli.run(["plan", "--local", "--exit-code"]);
    assert.equal(plan.code, 0, transcript(plan));
    const again = await cli.run(["up", "--local", "--yes"]);
    assert.equal(again.code, 0, transcript(again));
    assert.deepEqual((await read("/")).entries, ["Zoë was here 🙂"]);
  });

  test("leaves nothing behind", async () => {
    const held = await dockerHoldings(folder);
    assert.ok(held.some((one) => one.startsWith("volume ")));
    for (const what of [["dev"], ["--collection", "default"]]) {
      const destroy = await cli.run(["destroy", ...what, "--local", "--yes"]);
      assert.equal(destroy.code, 0, transcript(destroy));
    }
    await cli.run(["local", "reset", "--yes"]);
    assert.deepEqual(await stillHeld(held), []);
  });

  async function wrote(path: string, body: string): Promise<Book> {
    return bookOf(await visit(origin + path, { method: "POST", body }));
  }

  async function read(path: string): Promise<Book> {
    return bookOf(await visit(origin + path));
  }
});

function bookOf({ status, text }: { readonly status: number; readonly text: string }): Book {
  assert.equal(status, 200, text);
  // The fixture answers so.
  return JSON.parse(text) as Book;
}
