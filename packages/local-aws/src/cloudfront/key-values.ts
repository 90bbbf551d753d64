import type {
  DeleteKeyCommandInput,
  DescribeKeyValueStoreCommandInput,
  GetKeyCommandInput,
  ListKeysCommandInput,
  PutKeyCommandInput,
  UpdateKeysCommandInput,
} from "@aws-sdk/client-cloudfront-keyvaluestore";
import { type Operation, ServiceError } from "../service.ts";
import type { KeyValues } from "./holdings.ts";
import type { Shelf, Stored } from "./shelf.ts";

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-keyvaluestore */
const limits = { key: 512, value: 1024, store: 5 * 1024 * 1024 };

/** The KeyValueStore data API: what functions read, written by key. */
export function keyValueOperations(keys: Shelf<KeyValues>): Record<string, Operation> {
  const change = async (
    arn: string | undefined,
    ifMatch: string | undefined,
    puts: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[],
    deletes: readonly { readonly Key?: string | undefined }[],
  ) => {
    const known = keys.get(arn);
    if (ifMatch !== known.etag) {
      throw new ServiceError(
        "ConflictException",
        "The ETag in If-Match is not the store's current one.",
        409,
      );
    }
    const gone = new Set(deletes.map(({ Key }) => Key));
    const next: KeyValues = {
      ...Object.fromEntries(Object.entries(known.config).filter(([key]) => !gone.has(key))),
      ...Object.fromEntries(puts.map(({ Key = "", Value = "" }) => [Key, Value])),
    };
    checkLimits(next, puts);
    const kept = await keys.replace(known.id, ifMatch, next);
    return { ...totals(kept), ETag: kept.etag };
  };
  return {
    DescribeKeyValueStore: async ({ KvsARN }: DescribeKeyValueStoreCommandInput) => {
      const kept = keys.get(KvsARN);
      return {
        ...totals(kept),
        KvsARN: kept.id,
        Created: new Date(kept.created),
        LastModified: new Date(kept.changed),
        ETag: kept.etag,
        Status: "READY",
      };
    },
    ListKeys: async ({ KvsARN, NextToken = "", MaxResults = 10 }: ListKeysCommandInput) => {
      const items = Object.entries(keys.get(KvsARN).config).sort(([one], [other]) => (one < other ? -1 : 1));
      const rest = items.filter(([key]) => key > NextToken);
      const page = rest.slice(0, MaxResults);
      return {
        Items: page.map(([Key, Value]) => ({ Key, Value })),
        NextToken: rest.length > page.length ? page.at(-1)?.[0] : undefined,
      };
    },
    GetKey: async ({ KvsARN, Key = "" }: GetKeyCommandInput) => {
      const kept = keys.get(KvsARN);
      return { ...totals(kept), Key, Value: readKey(kept, Key) };
    },
    PutKey: ({ KvsARN, IfMatch, Key, Value }: PutKeyCommandInput) =>
      change(KvsARN, IfMatch, [{ Key, Value }], []),
    DeleteKey: async ({ KvsARN, IfMatch, Key = "" }: DeleteKeyCommandInput) => {
      readKey(keys.get(KvsARN), Key);
      return change(KvsARN, IfMatch, [], [{ Key }]);
    },
    UpdateKeys: ({ KvsARN, IfMatch, Puts = [], Deletes = [] }: UpdateKeysCommandInput) =>
      change(KvsARN, IfMatch, Puts, Deletes),
  };
}

function readKey({ config }: Stored<KeyValues>, key: string): string {
  const value = config[key];
  if (value === undefined)
    throw new ServiceError("ResourceNotFoundException", `Key ${key} was not found.`, 404);
  return value;
}

function totals({ config }: Stored<KeyValues>) {
  return { ItemCount: Object.keys(config).length, TotalSizeInBytes: sizeOf(config) };
}

function sizeOf(values: KeyValues): number {
  return Object.entries(values).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
}

function checkLimits(
  all: KeyValues,
  puts: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[],
): void {
  for (const { Key = "", Value = "" } of puts) {
    if (Key === "" || Buffer.byteLength(Key) > limits.key || Buffer.byteLength(Value) > limits.value) {
      throw new ServiceError("ValidationException", "A key has 1 to 512 bytes, a value 1024 at most.");
    }
  }
  if (sizeOf(all) > limits.store) {
    throw new ServiceError("ServiceQuotaExceededException", "A key value store holds 5 MB at most.", 402);
  }
}
