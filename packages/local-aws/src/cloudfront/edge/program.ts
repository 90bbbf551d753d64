import type { FunctionStage, Holdings } from "../holdings.ts";
import type { Source, StoreMeta } from "./function-messages.ts";

/** A function as the runtime needs it: its code and the key value store it may read. */
export interface Program extends Source {
  readonly name: string;
  /** Changes with the code. */
  readonly version: string;
  readonly store?: ProgramStore;
}

interface ProgramStore {
  readonly arn: string;
  /** Changes with the content. */
  readonly version: string;
  readonly meta: StoreMeta;
  readonly items: Readonly<Record<string, string>>;
}

export function programOf(name: string, stage: FunctionStage, holdings: Holdings): Program {
  const arn = stage.config.KeyValueStoreAssociations?.Items?.[0]?.KeyValueStoreARN;
  const kept = holdings.keys.find(arn);
  const runtime = stage.config.Runtime ?? "cloudfront-js-1.0";
  const program = { name, version: stage.etag, runtime, code: stage.code };
  if (kept === undefined) return program;
  const meta = { creationDateTime: kept.created, lastUpdatedDateTime: kept.changed };
  return { ...program, store: { arn: kept.id, version: kept.etag, meta, items: kept.config } };
}
