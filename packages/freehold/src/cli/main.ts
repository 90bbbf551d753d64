import { runCommandLine } from "./command-line.ts";
import { outliveReaders } from "./outlive-readers.ts";

outliveReaders([process.stdout, process.stderr]);
await runCommandLine(process.argv.slice(2));
