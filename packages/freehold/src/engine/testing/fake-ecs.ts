import type {
  ContainerDefinition,
  ECS,
  ListTasksCommandInput,
  RegisterTaskDefinitionCommandInput,
  RunTaskCommandInput,
  Service,
  StopServiceDeploymentCommandInput,
  StopTaskCommandInput,
  Tag,
  Task,
  UpdateServiceCommandInput,
} from "@aws-sdk/client-ecs";
import { FakeAwsError, fakeClient, type Journal } from "./fake-client.ts";

/** What ECS holds, open to the test. */
export interface FakeEcs {
  readonly client: ECS;
  readonly services: Map<string, FakeService>;
  readonly revisions: Map<string, { readonly containers: ContainerDefinition[]; readonly tags: Tag[] }>;
  readonly tasks: Task[];
  /** Images whose containers end with this exit code as soon as they start, or whose tasks do not start for this reason. */
  readonly broken: Map<string, number | string>;
  /** Exit codes of one-off commands, `0` where nothing is said. */
  readonly exitCodes: Map<string, number>;
  /** Grace periods that services were given, in seconds. */
  readonly graces: number[];
  /** One-off commands that find no room. */
  readonly refused: Set<string>;
  /** The commands that were run once, with the revision they ran on. */
  readonly ran: string[];
}

export interface FakeService {
  taskDefinition: string;
  desiredCount: number;
  deployment: string;
  /** Seconds. */
  grace?: number;
  /** The deployment that completed last, while another is under way. */
  before?: { readonly taskDefinition: string; readonly deployment: string };
}

export function fakeEcs(journal: Journal): FakeEcs {
  const state = {
    services: new Map<string, FakeService>(),
    revisions: new Map<string, { readonly containers: ContainerDefinition[]; readonly tags: Tag[] }>(),
    tasks: [] as Task[],
    broken: new Map<string, number | string>(),
    exitCodes: new Map<string, number>(),
    refused: new Set<string>(),
    graces: [] as number[],
    ran: [] as string[],
  };
  const operations = { ...definitions(state), ...services(state), ...tasks(state) };
  return { ...state, client: fakeClient<ECS>(journal, operations) };
}

type State = Omit<FakeEcs, "client">;

function definitions({ revisions }: State) {
  const newest = (family: string) =>
    [...revisions.keys()].filter((arn) => arn.startsWith(`${family}:`)).at(-1);
  return {
    registerTaskDefinition: ({
      family = "",
      containerDefinitions = [],
      tags = [],
    }: RegisterTaskDefinitionCommandInput) => {
      const taskDefinitionArn = `${family}:${revisions.size + 1}`;
      revisions.set(taskDefinitionArn, { containers: containerDefinitions, tags });
      return { taskDefinition: { taskDefinitionArn } };
    },
    describeTaskDefinition: ({ taskDefinition }: { readonly taskDefinition: string }) => {
      const arn = revisions.has(taskDefinition) ? taskDefinition : newest(taskDefinition);
      const found = arn === undefined ? undefined : revisions.get(arn);
      if (found === undefined)
        throw new FakeAwsError("ClientException", "Unable to describe task definition.");
      const { containers: containerDefinitions, tags } = found;
      return { taskDefinition: { taskDefinitionArn: arn, containerDefinitions, status: "ACTIVE" }, tags };
    },
  };
}

function services(state: State) {
  let deployments = 0;
  const described = (name: string, service: FakeService): Service => {
    const fault = brokenBy(state, service);
    const running = fault === undefined ? service.desiredCount : 0;
    const rolloutState = fault === undefined ? ("COMPLETED" as const) : ("IN_PROGRESS" as const);
    const { deployment: id, taskDefinition, desiredCount } = service;
    const deployment = {
      id,
      status: "PRIMARY",
      taskDefinition,
      desiredCount,
      runningCount: running,
      rolloutState,
    };
    const { before } = service;
    const former =
      before === undefined || fault === undefined
        ? []
        : [{ id: before.deployment, status: "ACTIVE", taskDefinition: before.taskDefinition }];
    return {
      serviceName: name,
      status: "ACTIVE",
      taskDefinition,
      desiredCount,
      runningCount: running,
      healthCheckGracePeriodSeconds: service.grace ?? 60,
      deployments: [deployment, ...former],
    };
  };
  return {
    describeServices: ({ services = [] }: { readonly services?: readonly string[] }) => ({
      services: services.flatMap((name) => {
        const found = state.services.get(name);
        return found === undefined ? [] : [described(name, found)];
      }),
    }),
    updateService: ({ service: name = "", ...input }: UpdateServiceCommandInput) => {
      const service = state.services.get(name);
      if (service === undefined) throw new FakeAwsError("ServiceNotFoundException");
      const { taskDefinition, deployment } = service;
      if (input.healthCheckGracePeriodSeconds !== undefined) {
        service.grace = input.healthCheckGracePeriodSeconds;
        state.graces.push(service.grace);
      }
      if (
        input.taskDefinition !== undefined &&
        brokenBy(state, service) === undefined &&
        service.desiredCount > 0
      ) {
        service.before = { taskDefinition, deployment };
      }
      service.taskDefinition = input.taskDefinition ?? service.taskDefinition;
      service.desiredCount = input.desiredCount ?? service.desiredCount;
      if (input.forceNewDeployment === true) {
        deployments += 1;
        service.deployment = `ecs-svc/${deployments}`;
      }
      const fault = brokenBy(state, service);
      if (fault !== undefined) state.tasks.push(...deadTasks(name, service, fault));
      return { service: described(name, service) };
    },
    listServiceDeployments: ({ service = "" }: { readonly service?: string }) => ({
      serviceDeployments: [{ serviceDeploymentArn: `service-deployment/${service}` }],
    }),
    stopServiceDeployment: ({ serviceDeploymentArn = "" }: StopServiceDeploymentCommandInput) => {
      const service = state.services.get(serviceDeploymentArn.replace("service-deployment/", ""));
      if (service?.before === undefined) throw new FakeAwsError("ConflictException");
      Object.assign(service, service.before);
      return { serviceDeploymentArn };
    },
  };
}

function brokenBy(state: State, service: FakeService): number | string | undefined {
  const image = state.revisions.get(service.taskDefinition)?.containers[0]?.image ?? "";
  return service.desiredCount === 0 ? undefined : state.broken.get(image);
}

function deadTasks(name: string, service: FakeService, fault: number | string): readonly Task[] {
  const stop =
    typeof fault === "number"
      ? {
          stopCode: "EssentialContainerExited" as const,
          stoppedReason: "Essential container in task exited",
          containers: [{ name, exitCode: fault }],
        }
      : { stopCode: "TaskFailedToStart" as const, stoppedReason: fault };
  return ["1", "2"].map((number) => ({
    taskArn: `task/${name}/${number}`,
    group: `service:${name}`,
    startedBy: service.deployment,
    lastStatus: "STOPPED",
    ...stop,
  }));
}

function tasks(state: State) {
  return {
    listTasks: ({ serviceName, family, desiredStatus }: ListTasksCommandInput) => ({
      taskArns: state.tasks
        .filter(
          (task) => task.group === (family === undefined ? `service:${serviceName}` : `family:${family}`),
        )
        .filter((task) => desiredStatus !== "RUNNING" || task.lastStatus !== "STOPPED")
        .map((task) => task.taskArn ?? ""),
    }),
    describeTasks: ({ tasks = [] }: { readonly tasks?: readonly string[] }) => ({
      tasks: state.tasks.filter((task) => tasks.includes(task.taskArn ?? "")),
    }),
    runTask: ({ taskDefinition = "", overrides, startedBy }: RunTaskCommandInput) => {
      const [override] = overrides?.containerOverrides ?? [];
      const command = override?.command?.join(" ") ?? "";
      if (state.refused.has(command)) {
        return { tasks: [], failures: [{ reason: "Capacity is unavailable at this time." }] };
      }
      const taskArn = `task/once/${state.tasks.length + 1}`;
      state.ran.push(`${taskDefinition} ${command}`.trim());
      const exitCode = state.exitCodes.get(command) ?? 0;
      const containers = [{ name: override?.name, exitCode }];
      const stop = { stopCode: "EssentialContainerExited" as const, stoppedReason: "" };
      const task = { taskArn, startedBy, lastStatus: "STOPPED", ...stop, containers };
      state.tasks.push(task);
      return { tasks: [task] };
    },
    stopTask: ({ task: arn }: StopTaskCommandInput) => {
      for (const task of state.tasks) if (task.taskArn === arn) task.lastStatus = "STOPPED";
      return {};
    },
  };
}
