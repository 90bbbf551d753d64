import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { connect, createServer, type TLSSocket } from "node:tls";
import type { Authority } from "../platform.ts";
import { openAuthority } from "./authority.ts";
import { caBundle } from "./bundle.ts";

describe("the local authority", () => {
  let folder = "";
  let authority: Authority;
  const open = () => openAuthority(folder, (path, content) => writeFile(path, content));

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "authority-"));
    authority = await open();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function handshake(servername: string, ca: string): Promise<true> {
    const { certificate, key } = await authority.issue(["db.example.internal", "127.0.0.1"]);
    const server = createServer({ cert: certificate, key }).listen(0, "127.0.0.1");
    try {
      await once(server, "listening");
      const address = server.address();
      assert.ok(typeof address === "object" && address !== null);
      const socket: TLSSocket = connect({ port: address.port, host: "127.0.0.1", servername, ca });
      await once(socket, "secureConnect");
      socket.destroy();
      return true;
    } finally {
      server.close();
    }
  }

  test("issues certificates that TLS clients take for their names", async () => {
    assert.ok(await handshake("db.example.internal", authority.certificate));
  });

  test("and not for other names", async () => {
    await assert.rejects(handshake("other.example", authority.certificate), {
      code: "ERR_TLS_CERT_ALTNAME_INVALID",
    });
  });

  test("nor are they taken by who trusts another", async () => {
    const other = await openAuthority(join(folder, "other"), async () => {});
    await assert.rejects(handshake("db.example.internal", other.certificate));
  });

  test("gives the same pair for the same names, after a restart too", async () => {
    const first = await authority.issue(["b", "a"]);
    assert.deepEqual(await (await open()).issue(["a", "b"]), first);
    assert.notDeepEqual(await authority.issue(["a"]), first);
  });

  test("its bundle keeps who was trusted before, each once, and never itself", async () => {
    const { certificate } = await authority.issue(["corporate"]);
    const file = join(folder, "corporate.pem");
    const own = join(folder, "bundle.pem");
    await writeFile(file, `# a comment\n${certificate.trim()}`);
    await writeFile(own, "-----BEGIN CERTIFICATE-----\nold\n-----END CERTIFICATE-----");
    const named = { AWS_CA_BUNDLE: own, NODE_EXTRA_CA_CERTS: file, SSL_CERT_FILE: file };
    const pem = (text: string) => text.replaceAll("\r", "").trim();
    assert.equal(
      await caBundle(authority.certificate, named, own),
      `${pem(authority.certificate)}\n${certificate.trim()}\n`,
    );
  });

  test("where nobody was named, the bundle has the authorities that everybody trusts", async () => {
    const bundle = await caBundle(authority.certificate, {}, join(folder, "none"));
    assert.ok(bundle.split("BEGIN CERTIFICATE").length > 100);
  });
});
