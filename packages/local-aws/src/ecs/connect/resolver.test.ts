import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createResolver } from "./resolver.ts";

test("a client that has said all it has to say gets its answer", async (context) => {
  const path = join(await mkdtemp(join(tmpdir(), "resolver-")), "names");
  const resolver = createResolver(async () => ({ addresses: ["10.0.0.7"] })).listen(path);
  context.after(() => resolver.close());
  await once(resolver, "listening");
  const client = connect({ path, allowHalfOpen: true });
  // An id, one question: the A record of `a`.
  client.end(Buffer.from([1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 97, 0, 0, 1, 0, 1]));
  const [reply]: Buffer[] = await once(client, "data");
  assert.deepEqual([...(reply?.subarray(-4) ?? [])], [10, 0, 0, 7]);
  client.destroy();
});
