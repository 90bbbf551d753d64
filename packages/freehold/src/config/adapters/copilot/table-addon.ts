import type { Place } from "../../../errors.ts";
import { type Entry, partAt, scalar, section, type Tree } from "../../yaml/tree.ts";
import { isTrue, textOf } from "./treatment.ts";

/** A setting of the resource that an addon becomes. */
export type Setting = readonly [path: readonly string[], value: Tree];

const types: Readonly<Record<string, string>> = { N: "number", B: "binary" };
const streams: Readonly<Record<string, string>> = {
  KEYS_ONLY: "keys",
  NEW_IMAGE: "new",
  OLD_IMAGE: "old",
  NEW_AND_OLD_IMAGES: "both",
};

/**
 * What a template says of a table
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html).
 */
export function tableSettings(properties: Tree | undefined): readonly Setting[] {
  const attributes = typesOf(partAt(properties, ["AttributeDefinitions"]));
  const { key, sort } = keysOf(properties, attributes);
  const indexes = [
    ...itemsOf(partAt(properties, ["GlobalSecondaryIndexes"])).map((index) =>
      indexOf(index, attributes, false),
    ),
    ...itemsOf(partAt(properties, ["LocalSecondaryIndexes"])).map((index) =>
      indexOf(index, attributes, true),
    ),
  ].flat();
  const ttl = partAt(properties, ["TimeToLiveSpecification", "AttributeName"]);
  const stream = partAt(properties, ["StreamSpecification", "StreamViewType"]);
  const recovery = partAt(properties, ["PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"]);
  return [
    ...given("key", key),
    ...given("sort", sort),
    ...indexes,
    ...given("ttl", ttl),
    ...given("stream", renamed(stream, streams)),
    ...given("point_in_time_recovery", recovery === undefined ? undefined : flagOf(recovery)),
  ];
}

function given(key: string, value: Tree | undefined): readonly Setting[] {
  return value === undefined ? [] : [[[key], value]];
}

function flagOf(tree: Tree): Tree {
  return scalar(isTrue(tree), tree.place);
}

function renamed(tree: Tree | undefined, names: Readonly<Record<string, string>>): Tree | undefined {
  const name = names[textOf(tree) ?? ""];
  return tree === undefined || name === undefined ? undefined : scalar(name, tree.place);
}

function itemsOf(tree: Tree | undefined): readonly Tree[] {
  return tree?.kind === "list" ? tree.items : [];
}

/** By attribute: `number`, `binary`; text goes without saying. */
function typesOf(definitions: Tree | undefined): ReadonlyMap<string, string> {
  return new Map(
    itemsOf(definitions).flatMap((item) => {
      const type = types[textOf(partAt(item, ["AttributeType"])) ?? ""];
      return type === undefined ? [] : [[textOf(partAt(item, ["AttributeName"])) ?? "", type] as const];
    }),
  );
}

interface Keys {
  readonly key: Tree | undefined;
  readonly sort: Tree | undefined;
}

function keysOf(properties: Tree | undefined, attributes: ReadonlyMap<string, string>): Keys {
  const ofKind = (kind: string) => {
    const found = itemsOf(partAt(properties, ["KeySchema"])).find(
      (item) => textOf(partAt(item, ["KeyType"])) === kind,
    );
    return attributeOf(partAt(found, ["AttributeName"]), attributes);
  };
  return { key: ofKind("HASH"), sort: ofKind("RANGE") };
}

function attributeOf(name: Tree | undefined, attributes: ReadonlyMap<string, string>): Tree | undefined {
  const type = attributes.get(textOf(name) ?? "");
  if (name === undefined || type === undefined) return name;
  const { place } = name;
  return sectionOf(
    [
      ["name", name],
      ["type", scalar(type, place)],
    ],
    place,
  );
}

function sectionOf(entries: readonly (readonly [string, Tree])[], place: Place): Tree {
  return section(
    entries.map(([key, value]): readonly [string, Entry] => [key, { value, place }]),
    place,
  );
}

function indexOf(index: Tree, attributes: ReadonlyMap<string, string>, isLocal: boolean): readonly Setting[] {
  const name = textOf(partAt(index, ["IndexName"]));
  if (name === undefined) return [];
  const { key, sort } = keysOf(index, attributes);
  const holds = heldBy(partAt(index, ["Projection"]));
  const { place } = index;
  const local = isLocal ? scalar(true, place) : undefined;
  const entries = Object.entries({ key: isLocal ? undefined : key, sort, local, holds });
  const written = entries.flatMap(([one, value]) => (value === undefined ? [] : [[one, value] as const]));
  return [[["indexes", name], sectionOf(written, place)]];
}

/** All attributes go without saying. */
function heldBy(projection: Tree | undefined): Tree | undefined {
  const type = textOf(partAt(projection, ["ProjectionType"]));
  if (type === "INCLUDE") return partAt(projection, ["NonKeyAttributes"]);
  return type === "KEYS_ONLY" && projection !== undefined ? scalar("keys", projection.place) : undefined;
}
