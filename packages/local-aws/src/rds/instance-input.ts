import type { CreateDBInstanceMessage, ModifyDBInstanceMessage } from "@aws-sdk/client-rds";
import { invalidCombination, invalidValue, notOffered } from "../database-services/errors.ts";
import { tagRecord } from "../database-services/tags.ts";
import type { Call } from "../service.ts";
import { defaultGroupName } from "./describe.ts";
import { fullVersion, majorOf, requireEngine } from "./engine.ts";
import { arnOf, endpointAddress, newResourceId } from "./names.ts";
import { groupNamed } from "./parameter-groups.ts";
import { type Instance, type RdsState, type Recorded, recordedMembers } from "./state.ts";
import { subnetGroupNamed } from "./subnet-groups.ts";

/** What AWS fills in for a general-purpose PostgreSQL instance. */
const defaults: Recorded = {
  StorageType: "gp2",
  StorageEncrypted: false,
  BackupRetentionPeriod: 1,
  PreferredBackupWindow: "03:00-03:30",
  PreferredMaintenanceWindow: "sun:04:00-sun:04:30",
  MultiAZ: false,
  AutoMinorVersionUpgrade: true,
  LicenseModel: "postgresql-license",
  PubliclyAccessible: false,
  CACertificateIdentifier: "rds-ca-rsa2048-g1",
  CopyTagsToSnapshot: false,
  MonitoringInterval: 0,
  DatabaseInsightsMode: "standard",
  PerformanceInsightsEnabled: false,
  DeletionProtection: false,
  NetworkType: "IPV4",
};

/** AWS gives gp3 volumes below 400 GiB this much. */
const gp3 = { Iops: 3000, StorageThroughput: 125 };

const passwordForm = /^[\x21\x23-\x2e\x30-\x3f\x41-\x7e]{8,128}$/;

/** @throws ServiceError for what RDS refuses, and for what is not offered here. */
export function newInstance(
  state: RdsState,
  input: CreateDBInstanceMessage,
  verifier: string | undefined,
  call: Call,
  createdAt: string,
): Instance {
  requireOffered(input);
  const id = requireIdentifier(input.DBInstanceIdentifier);
  const major = majorOf(input.EngineVersion);
  const subnetGroup = subnetGroupNamed(state, input.DBSubnetGroupName ?? "default", call);
  const storage = input.StorageType === "gp3" ? gp3 : {};
  return {
    arn: arnOf(call, "db", id),
    id,
    resourceId: newResourceId(),
    address: endpointAddress(call, id),
    port: input.Port ?? 5432,
    status: "creating",
    createdAt,
    major,
    engineVersion: fullVersion(input.EngineVersion),
    isMinorPinned: input.EngineVersion?.includes(".") === true,
    masterUsername: requireUsername(input.MasterUsername),
    ...(verifier === undefined ? {} : { verifier }),
    ...(input.DBName === undefined ? {} : { dbName: input.DBName }),
    subnetGroup: subnetGroup.arn,
    parameterGroup: parameterGroupFor(state, input.DBParameterGroupName, major, call),
    securityGroups: input.VpcSecurityGroupIds ?? [],
    logExports: input.EnableCloudwatchLogsExports ?? [],
    recorded: {
      ...defaults,
      AvailabilityZone: subnetGroup.subnets[0]?.zone,
      ...storage,
      ...recordedIn({ ...input, PerformanceInsightsEnabled: input.EnablePerformanceInsights }),
    },
    tags: tagRecord(input.Tags),
  };
}

/** The instance after ModifyDBInstance; all of it at once, since no maintenance window comes to a laptop. */
export function modified(
  state: RdsState,
  instance: Instance,
  input: ModifyDBInstanceMessage,
  verifier: string | undefined,
  call: Call,
): Instance {
  if (input.ManageMasterUserPassword === true) throw notOffered("ManageMasterUserPassword");
  if (input.NewDBInstanceIdentifier !== undefined) throw notOffered("NewDBInstanceIdentifier");
  if (input.EngineVersion !== undefined && majorOf(input.EngineVersion) !== instance.major) {
    throw notOffered("an upgrade to another major version");
  }
  const exports = input.CloudwatchLogsExportConfiguration;
  const logExports = instance.logExports.filter((one) => exports?.DisableLogTypes?.includes(one) !== true);
  return {
    ...instance,
    status: "modifying",
    port: input.DBPortNumber ?? instance.port,
    engineVersion: input.EngineVersion?.includes(".") === true ? input.EngineVersion : instance.engineVersion,
    ...(verifier === undefined ? {} : { verifier }),
    parameterGroup:
      input.DBParameterGroupName === undefined
        ? instance.parameterGroup
        : parameterGroupFor(state, input.DBParameterGroupName, instance.major, call),
    securityGroups: input.VpcSecurityGroupIds ?? instance.securityGroups,
    logExports: [...new Set([...logExports, ...(exports?.EnableLogTypes ?? [])])],
    recorded: {
      ...instance.recorded,
      ...recordedIn({ ...input, PerformanceInsightsEnabled: input.EnablePerformanceInsights }),
    },
  };
}

/** @throws ServiceError as RDS does, for a password it would not take. */
export function requirePassword(password: string): string {
  if (passwordForm.test(password)) return password;
  throw invalidValue(
    "The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '\"', ' ' may be used, and it has 8 to 128 of them.",
  );
}

/** @throws ServiceError for a group of another family. */
export function parameterGroupFor(
  state: RdsState,
  name: string | undefined,
  major: string,
  call: Call,
): string {
  const group = groupNamed(state, name ?? defaultGroupName(major), call);
  if (group.family === `postgres${major}`) return group.arn;
  throw invalidCombination(
    `The parameter group with DBParameterGroupFamily ${group.family} can't be used for this instance. Use a parameter group with DBParameterGroupFamily postgres${major}.`,
  );
}

export function requireIdentifier(id: string | undefined): string {
  const name = (id ?? "").toLowerCase();
  if (/^[a-z](-?[a-z0-9])*$/.test(name) && name.length <= 63) return name;
  throw invalidValue(`The parameter DBInstanceIdentifier is not a valid identifier: ${id}`);
}

export function recordedIn(input: object): Recorded {
  const entries = Object.entries(input).filter(
    ([name, value]) => value !== undefined && recordedMembers.some((member) => member === name),
  );
  return Object.fromEntries(entries);
}

function requireUsername(name: string | undefined): string {
  if (name !== undefined && /^[A-Za-z][A-Za-z0-9_]{0,62}$/.test(name) && !/^(rds|pg_)/.test(name))
    return name;
  throw invalidValue(`MasterUsername ${name} cannot be used as it is a reserved word used by the engine`);
}

function requireOffered(input: CreateDBInstanceMessage): void {
  requireEngine(input.Engine);
  if (input.ManageMasterUserPassword === true) throw notOffered("ManageMasterUserPassword");
  if (input.DBClusterIdentifier !== undefined) throw notOffered("DBClusterIdentifier");
  if (input.EnableIAMDatabaseAuthentication === true) throw notOffered("EnableIAMDatabaseAuthentication");
}
