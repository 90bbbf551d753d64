import type {
  DBEngineVersion,
  DescribeDBEngineVersionsMessage,
  DescribeOrderableDBInstanceOptionsMessage,
  OptionGroup,
} from "@aws-sdk/client-rds";
import { notFound } from "../database-services/errors.ts";
import type { Call, Operation } from "../service.ts";
import {
  allEngines,
  defaultOptionGroup,
  type Engine,
  familyOf,
  fullVersion,
  majorOf,
  majorsOf,
  namesMinor,
} from "./engines.ts";
import { arnOf } from "./names.ts";

/** Classes that RDS offers for every engine in every commercial region. */
const classes = ["db.t4g", "db.t3"]
  .flatMap((family) => ["micro", "small", "medium", "large"].map((size) => `${family}.${size}`))
  .concat(
    ["db.m6g", "db.m7g", "db.r6g", "db.r7g"].flatMap((family) =>
      ["large", "xlarge", "2xlarge"].map((size) => `${family}.${size}`),
    ),
  );
const storageTypes = ["gp2", "gp3", "io1"];

/** What can be ordered: read by data sources and consoles. */
export function catalogueOperations(): Readonly<Record<string, Operation>> {
  return {
    DescribeDBEngineVersions: async (input: DescribeDBEngineVersionsMessage) => ({
      DBEngineVersions: engineVersions(input),
    }),
    DescribeOrderableDBInstanceOptions: async (input: DescribeOrderableDBInstanceOptionsMessage, call) => ({
      OrderableDBInstanceOptions: orderable(input, call),
    }),
    DescribeOptionGroups: async (input: OptionGroupsAsked, call) => ({
      OptionGroupsList: optionGroups(input, call),
    }),
  };
}

function engineVersions(input: DescribeDBEngineVersionsMessage): readonly DBEngineVersion[] {
  const asked = allEngines.filter(({ name }) => (input.Engine ?? name) === name);
  return asked.flatMap((engine) => versionsOf(engine, input));
}

function versionsOf(engine: Engine, input: DescribeDBEngineVersionsMessage): readonly DBEngineVersion[] {
  const { EngineVersion: asked, DBParameterGroupFamily: family, DefaultOnly } = input;
  const majors = majorsOf(engine);
  const listed =
    asked !== undefined ? [majorOf(engine, asked)] : DefaultOnly === true ? [engine.usualMajor] : majors;
  return listed
    .filter((major) => (family ?? familyOf(engine, major)) === familyOf(engine, major))
    .map((major) => ({
      Engine: engine.name,
      MajorEngineVersion: major,
      EngineVersion: namesMinor(engine, asked) ? asked : fullVersion(engine, major),
      DBParameterGroupFamily: familyOf(engine, major),
      DBEngineDescription: engine.label,
      DBEngineVersionDescription: `${engine.label} ${fullVersion(engine, major)}`,
      Status: "available",
      ExportableLogTypes: [...engine.logTypes],
      SupportsLogExportsToCloudwatchLogs: false,
      SupportsReadReplica: false,
      SupportedCACertificateIdentifiers: ["rds-ca-rsa2048-g1"],
      ValidUpgradeTarget: [],
    }));
}

function orderable(input: DescribeOrderableDBInstanceOptionsMessage, call: Call) {
  const engine = allEngines.find(({ name }) => name === input.Engine);
  if (engine === undefined) return [];
  const wanted = input.EngineVersion === undefined ? majorsOf(engine) : [input.EngineVersion];
  const versions = wanted.map((version) => fullVersion(engine, version));
  const offered = classes.filter((name) => (input.DBInstanceClass ?? name) === name);
  return versions.flatMap((EngineVersion) =>
    offered.flatMap((DBInstanceClass) =>
      storageTypes.map((StorageType) => ({
        Engine: engine.name,
        EngineVersion,
        DBInstanceClass,
        StorageType,
        LicenseModel: engine.licence,
        AvailabilityZones: ["a", "b", "c"].map((letter) => ({ Name: `${call.region}${letter}` })),
        Vpc: true,
        MultiAZCapable: true,
        SupportsStorageEncryption: true,
        SupportsStorageAutoscaling: true,
        SupportedNetworkTypes: ["IPV4"],
        SupportedEngineModes: ["provisioned"],
      })),
    ),
  );
}

interface OptionGroupsAsked {
  readonly OptionGroupName?: string;
  readonly EngineName?: string;
  readonly MajorEngineVersion?: string;
}

/** Nothing is set in option groups here; each major has its default one. */
function optionGroups(input: OptionGroupsAsked, call: Call): readonly OptionGroup[] {
  const groups = allEngines
    .flatMap((engine) => majorsOf(engine).map((major) => defaultGroup(engine, major, call)))
    .filter(({ EngineName }) => (input.EngineName ?? EngineName) === EngineName)
    .filter(
      ({ MajorEngineVersion }) => (input.MajorEngineVersion ?? MajorEngineVersion) === MajorEngineVersion,
    )
    .filter((group) => (input.OptionGroupName ?? group.OptionGroupName) === group.OptionGroupName);
  if (groups.length > 0 || input.OptionGroupName === undefined) return groups;
  throw notFound("OptionGroupNotFoundFault", "Specified OptionGroupName:", input.OptionGroupName);
}

function defaultGroup(engine: Engine, major: string, call: Call): OptionGroup {
  const name = defaultOptionGroup(engine, major);
  return {
    OptionGroupName: name,
    OptionGroupDescription: `Default option group for ${engine.name} ${major}`,
    OptionGroupArn: arnOf(call, "og", name),
    EngineName: engine.name,
    MajorEngineVersion: major,
    Options: [],
    AllowsVpcAndNonVpcInstanceMemberships: true,
  };
}
