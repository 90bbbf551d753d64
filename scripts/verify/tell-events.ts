import { writeSync } from "node:fs";
import type { TestEvent } from "node:test/reporters";
import { serialize } from "node:v8";

/** A reporter that writes each event to file descriptor 3 at once, one a line, so that none is lost with the process. */
async function* tellEvents(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of source) {
    writeSync(3, `${serialize(event).toString("base64")}\n`);
    yield "";
  }
}

// biome-ignore lint/style/noDefaultExport: Node takes a reporter by its default export.
export { tellEvents as default };
