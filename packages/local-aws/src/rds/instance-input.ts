import type { CreateDBInstanceMessage, ModifyDBInstanceMessage } from "@aws-sdk/client-rds";
import { invalidCombination, invalidValue, notOffered } from "../database-services/errors.ts";
import { tagRecord } from "../database-services/tags.ts";
import type { Call } from "../service.ts";
import { defaultGroupName } from "./describe.ts";
import {
  type Engine,
  type EngineName,
  engineNamed,
  familyOf,
  fullVersion,
  majorOf,
  namesMinor,
} from "./engines.ts";
import { arnOf, endpointAddress, newResourceId } from "./names.ts";
import { groupNamed } from "./parameter-groups.ts";
import { type Instance, type RdsState, type Recorded, recordedMembers } from "./state.ts";
import { subnetGroupNamed } from "./subnet-groups.ts";

/** What AWS fills in for a general-purpose instance. */
const defaults: Recorded = {
  StorageType: "gp2",
  StorageEncrypted: false,
  BackupRetentionPeriod: 1,
  PreferredBackupWindow: "03:00-03:30",
  PreferredMaintenanceWindow: "sun:04:00-sun:04:30",
  MultiAZ: false,
  AutoMinorVersionUpgrade: true,
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

const passwordForm = /^[\x21\x23-\x2e\x30-\x3f\x41-\x7e]*$/;

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
  const engine = engineNamed(input.Engine);
  const major = majorOf(engine, input.EngineVersion);
  const subnetGroup = subnetGroupNamed(state, input.DBSubnetGroupName ?? "default", call);
  const storage = input.StorageType === "gp3" ? gp3 : {};
  return {
    arn: arnOf(call, "db", id),
    id,
    resourceId: newResourceId(),
    address: endpointAddress(call, id),
    port: input.Port ?? engine.port,
    status: "creating",
    createdAt,
    engine: engine.name,
    major,
    engineVersion: fullVersion(engine, input.EngineVersion),
    isMinorPinned: namesMinor(engine, input.EngineVersion),
    masterUsername: requireUsername(engine, input.MasterUsername),
    ...(verifier === undefined ? {} : { verifier }),
    ...(input.DBName === undefined ? {} : { dbName: input.DBName }),
    subnetGroup: subnetGroup.arn,
    parameterGroup: parameterGroupFor(
      state,
      input.DBParameterGroupName,
      { engine: engine.name, major },
      call,
    ),
    securityGroups: input.VpcSecurityGroupIds ?? [],
    logExports: input.EnableCloudwatchLogsExports ?? [],
    recorded: {
      ...defaults,
      LicenseModel: engine.licence,
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
  const engine = engineNamed(instance.engine);
  if (input.EngineVersion !== undefined && majorOf(engine, input.EngineVersion) !== instance.major) {
    throw notOffered("an upgrade to another major version");
  }
  const exports = input.CloudwatchLogsExportConfiguration;
  const logExports = instance.logExports.filter((one) => exports?.DisableLogTypes?.includes(one) !== true);
  return {
    ...instance,
    status: "modifying",
    port: input.DBPortNumber ?? instance.port,
    engineVersion: namesMinor(engine, input.EngineVersion) ? input.EngineVersion : instance.engineVersion,
    ...(verifier === undefined ? {} : { verifier }),
    parameterGroup:
      input.DBParameterGroupName === undefined
        ? instance.parameterGroup
        : parameterGroupFor(state, input.DBParameterGroupName, instance, call),
    securityGroups: input.VpcSecurityGroupIds ?? instance.securityGroups,
    logExports: [...new Set([...logExports, ...(exports?.EnableLogTypes ?? [])])],
    recorded: {
      ...instance.recorded,
      ...recordedIn({ ...input, PerformanceInsightsEnabled: input.EnablePerformanceInsights }),
    },
  };
}

/** @throws ServiceError as RDS does, for a password it would not take. */
export function requirePassword({ longestPassword }: Engine, password: string): string {
  const isLongEnough = password.length >= 8 && password.length <= longestPassword;
  if (isLongEnough && passwordForm.test(password)) return password;
  throw invalidValue(
    `The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '"', ' ' may be used, and it has 8 to ${longestPassword} of them.`,
  );
}

/** @throws ServiceError for a group of another family. */
export function parameterGroupFor(
  state: RdsState,
  name: string | undefined,
  { engine: engineName, major }: Pick<Instance, "engine" | "major">,
  call: Call,
): string {
  const engine = engineNamed(engineName);
  const family = familyOf(engine, major);
  const group = groupNamed(state, name ?? defaultGroupName(engine, major), call);
  if (group.family === family) return group.arn;
  throw invalidCombination(
    `The parameter group with DBParameterGroupFamily ${group.family} can't be used for this instance. Use a parameter group with DBParameterGroupFamily ${family}.`,
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

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html: MySQL's has 16 letters at most. */
const usernames: Readonly<Record<EngineName, RegExp>> = {
  postgres: /^(?!rds|pg_)[A-Za-z][A-Za-z0-9_]{0,62}$/,
  mysql: /^(?!rds)[A-Za-z][A-Za-z0-9_]{0,15}$/,
  mariadb: /^(?!rds)[A-Za-z][A-Za-z0-9_]{0,15}$/,
};

function requireUsername(engine: Engine, name: string | undefined): string {
  if (name !== undefined && usernames[engine.name].test(name)) return name;
  throw invalidValue(`MasterUsername ${name} cannot be used as it is a reserved word used by the engine`);
}

function requireOffered(input: CreateDBInstanceMessage): void {
  if (input.ManageMasterUserPassword === true) throw notOffered("ManageMasterUserPassword");
  if (input.DBClusterIdentifier !== undefined) throw notOffered("DBClusterIdentifier");
  if (input.EnableIAMDatabaseAuthentication === true) throw notOffered("EnableIAMDatabaseAuthentication");
}
