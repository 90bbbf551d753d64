import type {
  DBEngineVersion,
  DescribeDBEngineVersionsMessage,
  DescribeOrderableDBInstanceOptionsMessage,
  OptionGroup,
} from "@aws-sdk/client-rds";
import { notFound } from "../database-services/errors.ts";
import type { Call, Operation } from "../service.ts";
import { familyOf, fullVersion, majorOf, majors } from "./engine.ts";
import { arnOf } from "./names.ts";

/** Classes that RDS for PostgreSQL offers in every commercial region. */
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
    DescribeOptionGroups: async (input: { OptionGroupName?: string; MajorEngineVersion?: string }, call) => ({
      OptionGroupsList: optionGroups(input, call),
    }),
  };
}

function engineVersions(input: DescribeDBEngineVersionsMessage): readonly DBEngineVersion[] {
  if (input.Engine !== undefined && input.Engine !== "postgres") return [];
  const asked = input.EngineVersion;
  const listed =
    asked !== undefined ? [majorOf(asked)] : input.DefaultOnly === true ? majors.slice(-1) : majors;
  return listed
    .filter((major) => (input.DBParameterGroupFamily ?? familyOf(major)) === familyOf(major))
    .map((major) => ({
      Engine: "postgres",
      MajorEngineVersion: major,
      EngineVersion: asked?.includes(".") === true ? asked : fullVersion(major),
      DBParameterGroupFamily: familyOf(major),
      DBEngineDescription: "PostgreSQL",
      DBEngineVersionDescription: `PostgreSQL ${fullVersion(major)}`,
      Status: "available",
      ExportableLogTypes: ["postgresql", "upgrade"],
      SupportsLogExportsToCloudwatchLogs: false,
      SupportsReadReplica: false,
      SupportedCACertificateIdentifiers: ["rds-ca-rsa2048-g1"],
      ValidUpgradeTarget: [],
    }));
}

function orderable(input: DescribeOrderableDBInstanceOptionsMessage, call: Call) {
  if (input.Engine !== "postgres") return [];
  const versions =
    input.EngineVersion === undefined ? majors.map(fullVersion) : [fullVersion(input.EngineVersion)];
  const offered = classes.filter((name) => (input.DBInstanceClass ?? name) === name);
  return versions.flatMap((EngineVersion) =>
    offered.flatMap((DBInstanceClass) =>
      storageTypes.map((StorageType) => ({
        Engine: "postgres",
        EngineVersion,
        DBInstanceClass,
        StorageType,
        LicenseModel: "postgresql-license",
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

/** Option groups say nothing for PostgreSQL; each major has its default one. */
function optionGroups(
  input: { OptionGroupName?: string; MajorEngineVersion?: string },
  call: Call,
): readonly OptionGroup[] {
  const groups = majors
    .filter((major) => (input.MajorEngineVersion ?? major) === major)
    .map((major) => ({
      OptionGroupName: `default:postgres-${major}`,
      OptionGroupDescription: `Default option group for postgres ${major}`,
      OptionGroupArn: arnOf(call, "og", `default:postgres-${major}`),
      EngineName: "postgres",
      MajorEngineVersion: major,
      Options: [],
      AllowsVpcAndNonVpcInstanceMemberships: true,
    }))
    .filter((group) => (input.OptionGroupName ?? group.OptionGroupName) === group.OptionGroupName);
  if (groups.length > 0 || input.OptionGroupName === undefined) return groups;
  throw notFound("OptionGroupNotFoundFault", "Specified OptionGroupName:", input.OptionGroupName);
}
