import { randomUUID } from "node:crypto";
import type {
  CreateKeyValueStoreCommandInput,
  DeleteKeyValueStoreCommandInput,
  DescribeKeyValueStoreCommandInput,
  UpdateKeyValueStoreCommandInput,
} from "@aws-sdk/client-cloudfront";
import type { Platform } from "../platform.ts";
import { type Operation, ServiceError } from "../service.ts";
import type { FunctionStages, Holdings } from "./holdings.ts";
import { arnOf } from "./names.ts";
import type { Stored } from "./shelf.ts";
import { dropTags, setTags } from "./tags.ts";
import { isDeployed } from "./versions.ts";

type Kept = Stored<{ readonly uuid: string; readonly comment: string }>;

/** Key value stores as resources; `key-values.ts` holds what is in them. */
export function keyValueStoreOperations(platform: Platform, holdings: Holdings): Record<string, Operation> {
  const { keyValueStores, keys } = holdings;
  const shown = (kept: Kept) => ({ KeyValueStore: describe(platform, kept), ETag: kept.etag });
  return {
    CreateKeyValueStore: async (input: CreateKeyValueStoreCommandInput) => {
      const { Name = "", Comment = "", ImportSource, Tags } = input;
      if (keyValueStores.find(Name) !== undefined) {
        throw new ServiceError(
          "EntityAlreadyExists",
          "A key value store with this name already exists.",
          409,
        );
      }
      if (ImportSource !== undefined) {
        throw new ServiceError("UnsupportedOperation", "local-aws does not import key value stores from S3.");
      }
      const kept = await keyValueStores.add(Name, { uuid: randomUUID(), comment: Comment });
      const arn = storeArn(platform, kept);
      await keys.add(arn, {});
      await setTags(holdings, arn, Tags?.Items ?? []);
      return { ...shown(kept), Location: `${platform.settings.endpoint}/2020-05-31/key-value-store/${Name}` };
    },
    DescribeKeyValueStore: async ({ Name }: DescribeKeyValueStoreCommandInput) =>
      shown(keyValueStores.get(Name)),
    UpdateKeyValueStore: async ({ Name, Comment = "", IfMatch }: UpdateKeyValueStoreCommandInput) => {
      const { uuid } = keyValueStores.get(Name).config;
      return shown(await keyValueStores.replace(Name, IfMatch, { uuid, comment: Comment }));
    },
    DeleteKeyValueStore: async ({ Name, IfMatch }: DeleteKeyValueStoreCommandInput) => {
      const arn = storeArn(platform, keyValueStores.get(Name));
      if (holdings.functions.all().some(({ config }) => usesStore(config, arn))) {
        throw new ServiceError(
          "CannotDeleteEntityWhileInUse",
          "The key value store is associated with a function.",
          409,
        );
      }
      await keyValueStores.remove(Name, IfMatch);
      await keys.remove(arn, "*");
      await dropTags(holdings, arn);
      return {};
    },
    ListKeyValueStores: async () => ({
      KeyValueStoreList: {
        MaxItems: 100,
        Quantity: keyValueStores.all().length,
        Items: keyValueStores.all().map((kept) => describe(platform, kept)),
      },
    }),
  };
}

function storeArn(platform: Platform, { config }: Kept): string {
  return arnOf(platform.settings, "key-value-store", config.uuid);
}

function describe(platform: Platform, kept: Kept) {
  return {
    Name: kept.id,
    Id: kept.config.uuid,
    Comment: kept.config.comment,
    ARN: storeArn(platform, kept),
    Status: isDeployed(kept.created, platform.clock.now()) ? "READY" : "PROVISIONING",
    LastModifiedTime: new Date(kept.changed),
  };
}

function usesStore({ development, live }: FunctionStages, arn: string): boolean {
  return [development, live].some((stage) =>
    (stage?.config.KeyValueStoreAssociations?.Items ?? []).some(
      ({ KeyValueStoreARN }) => KeyValueStoreARN === arn,
    ),
  );
}
