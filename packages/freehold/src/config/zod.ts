import { config } from "zod";

// A schema reads one file and the process ends: making a parser of it in JavaScript first takes longer than it saves.
config({ jitless: true });

export * from "zod";
