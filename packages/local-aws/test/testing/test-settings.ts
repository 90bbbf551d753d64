import { join } from "node:path";
import type { Settings } from "../../src/platform.ts";

/** Settings for a test that opens parts of local-aws on a folder of its own. */
export function testSettings(folder: string, change: Partial<Settings> = {}): Settings {
  const { port = 0 } = change;
  return {
    host: "127.0.0.1",
    port,
    endpoint: `http://127.0.0.1:${port}`,
    folder,
    socket: join(folder, "door.sock"),
    accountId: "123456789012",
    region: "us-east-1",
    label: { key: "local-aws", value: "test" },
    ...change,
  };
}
