import type { FunctionStage, Holdings } from "../holdings.ts";

/** A function as the runtime needs it: its code and the key value store it may read. */
export interface Program {
  readonly name: string;
  /** Changes with the code. */
  readonly version: string;
  readonly code: string;
  readonly store?: ProgramStore;
}

interface ProgramStore {
  readonly arn: string;
  /** Changes with the content. */
  readonly version: string;
  readonly items: Readonly<Record<string, string>>;
}

export function programOf(name: string, stage: FunctionStage, holdings: Holdings): Program {
  const arn = stage.config.KeyValueStoreAssociations?.Items?.[0]?.KeyValueStoreARN;
  const kept = holdings.keys.find(arn);
  const program = { name, version: stage.etag, code: stage.code };
  return kept === undefined
    ? program
    : { ...program, store: { arn: kept.id, version: kept.etag, items: kept.config } };
}
