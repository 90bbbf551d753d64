import type { Adapter } from "./adapter.ts";
import { cncAdapter } from "./cnc/adapter.ts";
import { coherenceAdapter } from "./coherence/adapter.ts";
import { copilotAdapter } from "./copilot/adapter.ts";

/** Every tool whose files are read, in the order in which its main file is looked for. */
export const adapters: readonly Adapter[] = [cncAdapter, coherenceAdapter, copilotAdapter];
