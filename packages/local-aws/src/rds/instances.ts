import type {
  CreateDBInstanceMessage,
  DBInstance,
  DeleteDBInstanceMessage,
  DescribeDBInstancesMessage,
  ModifyDBInstanceMessage,
} from "@aws-sdk/client-rds";
import { alreadyExists, invalidCombination, invalidValue } from "../database-services/errors.ts";
import { type Call, type Operation, ServiceError } from "../service.ts";
import { describeInstance } from "./describe.ts";
import { type Engine, engineNamed } from "./engines.ts";
import { modified, newInstance, requirePassword } from "./instance-input.ts";
import { instanceNamed } from "./instance-named.ts";
import { arnOf } from "./names.ts";
import { bringUp, type Room, removeInstance, setMaster, updateInstance } from "./room.ts";
import { serverKind } from "./servers.ts";
import { takeSnapshot } from "./snapshots.ts";
import type { Instance, InstanceStatus, RdsState } from "./state.ts";

type Named = { readonly DBInstanceIdentifier: string };
interface Answer {
  readonly DBInstance: DBInstance;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html */
export function instanceOperations(room: Room): Readonly<Record<string, Operation>> {
  return {
    CreateDBInstance: (input: CreateDBInstanceMessage, call) => create(room, input, call),
    DescribeDBInstances: async (input: DescribeDBInstancesMessage, call) => ({
      DBInstances: found(room.store.get(), input, call).map((one) => describeInstance(room.store.get(), one)),
    }),
    ModifyDBInstance: (input: ModifyDBInstanceMessage & Named, call) => modify(room, input, call),
    RebootDBInstance: (input: Named, call) =>
      transition(room, input, call, { from: ["available"], to: "rebooting" }, (instance) =>
        bringUp(room, instance),
      ),
    StartDBInstance: (input: Named, call) =>
      transition(room, input, call, { from: ["stopped"], to: "starting" }, (instance) =>
        bringUp(room, instance),
      ),
    StopDBInstance: (input: Named, call) =>
      transition(room, input, call, { from: ["available"], to: "stopping" }, async (instance) => {
        await room.databases.stop(instance);
        await updateInstance(room, instance.arn, { status: "stopped" });
      }),
    DeleteDBInstance: (input: DeleteDBInstanceMessage & Named, call) => remove(room, input, call),
  };
}

async function create(room: Room, input: CreateDBInstanceMessage, call: Call): Promise<Answer> {
  if (input.MasterUserPassword === undefined) {
    throw invalidCombination("The parameter MasterUserPassword must be provided");
  }
  const verifier = await verifierOf(engineNamed(input.Engine), input.MasterUserPassword);
  if (input.DBSubnetGroupName === undefined) await room.subnetGroups.ensureDefault(call);
  const instance = newInstance(room.store.get(), input, verifier, call, room.clock.now().toISOString());
  await room.databases.findImage(instance);
  return add(room, instance);
}

/** Records an instance and starts its server, after `prepare` has made its data where they come from elsewhere. */
export async function add(
  room: Room,
  instance: Instance,
  prepare: () => Promise<void> = async () => {},
): Promise<Answer> {
  await room.store.update((state) => {
    if (state.instances[instance.arn] !== undefined) {
      throw alreadyExists("DBInstanceAlreadyExists", "DB instance", instance.id);
    }
    return { ...state, instances: { ...state.instances, [instance.arn]: instance } };
  });
  void room.work.enqueue(instance.arn, async (current) => {
    await prepare();
    await bringUp(room, current);
  });
  return answer(room, instance);
}

async function modify(room: Room, input: ModifyDBInstanceMessage & Named, call: Call): Promise<Answer> {
  const password = input.MasterUserPassword;
  const { engine } = instanceNamed(room.store.get(), input.DBInstanceIdentifier, call);
  const verifier = password === undefined ? undefined : await verifierOf(engineNamed(engine), password);
  const state = room.store.get();
  const instance = requireStatus(instanceNamed(state, input.DBInstanceIdentifier, call), ["available"]);
  const next = modified(state, instance, input, verifier, call);
  await updateInstance(room, instance.arn, next);
  void room.work.enqueue(instance.arn, async (current) => {
    if (current.port !== instance.port || current.parameterGroup !== instance.parameterGroup) {
      return bringUp(room, current);
    }
    await setMaster(room, current);
    await updateInstance(room, current.arn, { status: "available" });
  });
  return answer(room, next);
}

async function remove(room: Room, input: DeleteDBInstanceMessage & Named, call: Call): Promise<Answer> {
  const instance = instanceNamed(room.store.get(), input.DBInstanceIdentifier, call);
  if (instance.status === "deleting") {
    throw invalidState(`Instance ${instance.id} is already being deleted.`);
  }
  if (instance.recorded.DeletionProtection === true) {
    throw invalidCombination(
      "Cannot delete protected DB Instance, please disable deletion protection and try again.",
    );
  }
  const final = finalSnapshot(input);
  if (final !== undefined) await takeSnapshot(room, { id: final, instance, tags: {} }, call);
  await updateInstance(room, instance.arn, { status: "deleting" });
  void room.work.enqueue(instance.arn, (current) => removeInstance(room, current));
  return answer(room, instance);
}

function verifierOf(engine: Engine, password: string): Promise<string> {
  return serverKind(engine.name).verifier(requirePassword(engine, password));
}

function finalSnapshot(input: DeleteDBInstanceMessage): string | undefined {
  const { SkipFinalSnapshot: skip = false, FinalDBSnapshotIdentifier: id } = input;
  if (skip && id !== undefined) {
    throw invalidCombination(
      "FinalDBSnapshotIdentifier can not be specified when deleting a DB instance with SkipFinalSnapshot",
    );
  }
  if (!skip && id === undefined) {
    throw invalidCombination("FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.");
  }
  return id;
}

async function transition(
  room: Room,
  input: Named,
  call: Call,
  step: { readonly from: readonly InstanceStatus[]; readonly to: InstanceStatus },
  work: (instance: Instance) => Promise<void>,
): Promise<Answer> {
  const instance = requireStatus(
    instanceNamed(room.store.get(), input.DBInstanceIdentifier, call),
    step.from,
  );
  await updateInstance(room, instance.arn, { status: step.to });
  void room.work.enqueue(instance.arn, work);
  return answer(room, instance);
}

function requireStatus(instance: Instance, statuses: readonly InstanceStatus[]): Instance {
  if (statuses.includes(instance.status)) return instance;
  throw invalidState(`Database instance ${instance.id} is not in ${statuses.join(" or ")} state.`);
}

function invalidState(message: string): ServiceError {
  return new ServiceError("InvalidDBInstanceState", message);
}

function answer(room: Room, { arn }: Instance): Answer {
  const state = room.store.get();
  const instance = state.instances[arn];
  if (instance === undefined) throw invalidValue(`${arn} is gone`);
  return { DBInstance: describeInstance(state, instance) };
}

/** Filters: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstances.html */
const filters: Readonly<Record<string, (instance: Instance) => readonly string[]>> = {
  "db-instance-id": (instance) => [instance.id, instance.arn],
  "dbi-resource-id": (instance) => [instance.resourceId],
  "db-cluster-id": () => [],
  engine: (instance) => [instance.engine],
};

function found(state: RdsState, input: DescribeDBInstancesMessage, call: Call): readonly Instance[] {
  const id = input.DBInstanceIdentifier;
  const prefix = arnOf(call, "db", "");
  const all =
    id === undefined
      ? Object.values(state.instances).filter((one) => one.arn.startsWith(prefix))
      : [instanceNamed(state, id, call)];
  return (input.Filters ?? []).reduce((left, { Name = "", Values = [] }) => {
    const valuesOf = filters[Name];
    if (valuesOf === undefined) throw invalidValue(`Unrecognized filter name: ${Name}`);
    return left.filter((one) => valuesOf(one).some((value) => Values.includes(value)));
  }, all);
}
