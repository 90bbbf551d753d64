import { terraformName } from "../app/names.ts";
import { keyAttributes, type Table, type TableIndex, type TableStream } from "../app/table.ts";
import { ref, resource } from "../terraform/block.ts";
import { type Expressed, type Ref, template } from "../terraform/expression.ts";
import type { Facility } from "./facilities.ts";
import { nameOf } from "./names.ts";
import type { EnvironmentOutputs } from "./outputs.ts";
import type { Statement } from "./policy.ts";
import { type EnvironmentScope, guardOf, serviceTags, within } from "./scope.ts";

export interface TableFacility extends Facility {
  readonly outputs: Expressed<EnvironmentOutputs["tables"][string]>;
}

const letters = { string: "S", number: "N", binary: "B" } as const;

const views: Readonly<Record<TableStream, string>> = {
  keys: "KEYS_ONLY",
  new: "NEW_IMAGE",
  old: "OLD_IMAGE",
  both: "NEW_AND_OLD_IMAGES",
};

/** A DynamoDB table that is billed by use and encrypted with AWS's own key for DynamoDB. */
export function table(scope: EnvironmentScope, wanted: Table): TableFacility {
  const { name, partition, sort, ttl, stream, indexes } = wanted;
  const main = resource(
    "aws_dynamodb_table",
    terraformName(name),
    {
      name: nameOf("table", within(scope, name)),
      billing_mode: "PAY_PER_REQUEST",
      hash_key: partition.name,
      ...(sort === undefined ? {} : { range_key: sort.name }),
      attribute: keyAttributes(wanted).map((one) => ({ name: one.name, type: letters[one.type] })),
      global_secondary_index: indexes
        .filter(({ isLocal }) => !isLocal)
        .map((index) => ({ ...indexOf(index), hash_key: index.partition.name })),
      local_secondary_index: indexes
        .filter(({ isLocal }) => isLocal)
        .map((index) => ({ ...indexOf(index), range_key: index.sort?.name ?? "" })),
      ...(ttl === undefined ? {} : { ttl: { attribute_name: ttl, enabled: true } }),
      ...(stream === undefined ? {} : { stream_enabled: true, stream_view_type: views[stream] }),
      point_in_time_recovery: { enabled: wanted.pointInTimeRecovery },
      server_side_encryption: { enabled: true },
      deletion_protection_enabled: scope.isGuarded,
      tags: serviceTags(name),
    },
    { lifecycle: guardOf(scope) },
  );
  const facts = { name: ref(main, "name"), arn: ref(main, "arn") };
  return {
    name,
    blocks: [main],
    attributes: facts,
    statements: [
      useOf(facts.arn, indexes.length > 0),
      ...(stream === undefined ? [] : [readingOf(ref(main, "stream_arn"))]),
    ],
    outputs: facts,
  };
}

function indexOf({ name, sort, holds }: TableIndex) {
  const projection = {
    ...(holds === "all" ? { projection_type: "ALL" } : {}),
    ...(holds === "keys" ? { projection_type: "KEYS_ONLY" } : {}),
    ...(typeof holds === "string" ? {} : { projection_type: "INCLUDE", non_key_attributes: holds }),
  };
  return {
    name,
    ...(sort === undefined ? {} : { range_key: sort.name }),
    projection_type: "ALL",
    ...projection,
  };
}

/** Items are its users' own; what a table is, is Terraform's. */
function useOf(arn: Ref, hasIndexes: boolean): Statement {
  return {
    actions: [
      "dynamodb:BatchGetItem",
      "dynamodb:BatchWriteItem",
      "dynamodb:ConditionCheckItem",
      "dynamodb:DeleteItem",
      "dynamodb:DescribeTable",
      "dynamodb:GetItem",
      "dynamodb:PartiQLDelete",
      "dynamodb:PartiQLInsert",
      "dynamodb:PartiQLSelect",
      "dynamodb:PartiQLUpdate",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:Scan",
      "dynamodb:UpdateItem",
    ],
    resources: [arn, ...(hasIndexes ? [template(arn, "/index/*")] : [])],
  };
}

function readingOf(stream: Ref): Statement {
  return {
    actions: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
    resources: [stream],
  };
}
