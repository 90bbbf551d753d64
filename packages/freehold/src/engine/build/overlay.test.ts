import assert from "node:assert/strict";
import { test } from "node:test";
import { overlayBuild } from "./overlay.ts";

test("each file is a layer of its own, whatever its path holds, and the signal stands last", () => {
  const owner = { user: 0, group: 0 };
  const files = [
    { path: "/etc/my routes.yaml", content: "a", mode: 0o444, owner },
    { path: "/entrypoint.sh", content: Buffer.from([0, 255]), mode: 0o755, owner: { user: 101, group: 102 } },
  ];
  assert.deepEqual(overlayBuild("nginx:1", { files, stopSignal: "SIGQUIT" }), {
    "0": "a",
    "1": Buffer.from([0, 255]),
    Dockerfile: `FROM nginx:1
COPY --chown=0:0 --chmod=444 ["0","/etc/my routes.yaml"]
COPY --chown=101:102 --chmod=755 ["1","/entrypoint.sh"]
STOPSIGNAL SIGQUIT
`,
  });
});
