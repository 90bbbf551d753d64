import { arn, arnOr, type Call, type Facts, type Found, listIn, recordIn, textIn, textsIn } from "./call.ts";
import type { ServiceCalls, Wanted } from "./service-calls.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html */
export const ecs: ServiceCalls = {
  prefix: "ecs",
  readers: {
    cluster: ({ input, place }) => clustersOf(input).map((name) => clusterArn(name, place)),
    service: ({ input, place }) =>
      within("service", ["service", "serviceName"], "services", { input, place }),
    task: ({ input, place }) => within("task", ["task"], "tasks", { input, place }),
    "task-definition": ({ input, place }) =>
      arnOr(textIn(input, "taskDefinition") ?? textIn(input, "family"), (name) =>
        arn("ecs", place, `task-definition/${name.includes(":") ? name : `${name}:*`}`),
      ),
    "container-instance": ({ input, place, operation }) =>
      operation === "ListTasks"
        ? [arn("ecs", place, `container-instance/${nameOf(textIn(input, "cluster") ?? "default")}/*`)]
        : undefined,
  },
  knownKeys: ["ecs:cluster"],
  keys: ({ input, place }) => ({ "ecs:cluster": clustersOf(input).map((name) => clusterArn(name, place)) }),
  further: {
    RunTask: passedByTask,
    StartTask: passedByTask,
    RegisterTaskDefinition: async ({ input }) =>
      passed([textIn(input, "taskRoleArn"), textIn(input, "executionRoleArn")], tasks),
  },
};

const tasks = "ecs-tasks.amazonaws.com";

function clustersOf(input: Call["input"]): readonly string[] {
  const several = textsIn(input, "clusters");
  return several.length > 0
    ? several
    : [textIn(input, "cluster") ?? textIn(input, "clusterName") ?? "default"];
}

function nameOf(cluster: string): string {
  return cluster.slice(cluster.lastIndexOf("/") + 1);
}

function clusterArn(cluster: string, place: Call["place"]): string {
  return cluster.startsWith("arn:") ? cluster : arn("ecs", place, `cluster/${cluster}`);
}

/** Services and tasks have their cluster's name in their ARN. */
function within(
  kind: string,
  members: readonly string[],
  list: string,
  { input, place }: Pick<Call, "input" | "place">,
): Found {
  const cluster = nameOf(textIn(input, "cluster") ?? "default");
  const named = [...members.flatMap((member) => textIn(input, member) ?? []), ...textsIn(input, list)];
  return named.map((one) => (one.startsWith("arn:") ? one : arn("ecs", place, `${kind}/${cluster}/${one}`)));
}

async function passedByTask({ input }: Call, facts: Facts): Promise<readonly Wanted[]> {
  const overrides = recordIn(input["overrides"]);
  const own = await facts.rolesOf(textIn(input, "taskDefinition") ?? "");
  return passed([...own, textIn(overrides, "taskRoleArn"), textIn(overrides, "executionRoleArn")], tasks);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
function passed(roles: readonly (string | undefined)[], service: string): readonly Wanted[] {
  return [...new Set(roles)].flatMap((role) =>
    role === undefined
      ? []
      : [{ action: "iam:PassRole", arn: role, keys: { "iam:passedtoservice": [service] } }],
  );
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html */
export const ecr: ServiceCalls = {
  prefix: "ecr",
  readers: {
    repository: ({ input, place }) => {
      const names = [
        ...textsIn(input, "repositoryNames"),
        ...(textIn(input, "repositoryName") ?? "").split(" "),
      ];
      const found = names
        .filter((name) => name !== "")
        .map((name) => arn("ecr", place, `repository/${name}`));
      const byArn = textIn(input, "resourceArn");
      return byArn === undefined ? found : [byArn];
    },
  },
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgescheduler.html */
export const scheduler: ServiceCalls = {
  prefix: "scheduler",
  readers: {
    schedule: ({ input, place }) => {
      const name = textIn(input, "Name");
      const group = textIn(input, "GroupName") ?? "default";
      return name === undefined ? [] : [arn("scheduler", place, `schedule/${group}/${name}`)];
    },
    "schedule-group": ({ input, place }) =>
      arnOr(textIn(input, "ResourceArn") ?? textIn(input, "Name"), (name) =>
        arn("scheduler", place, `schedule-group/${name}`),
      ),
  },
  further: {
    CreateSchedule: async ({ input }) =>
      passed([textIn(input["Target"], "RoleArn")], "scheduler.amazonaws.com"),
    UpdateSchedule: async ({ input }) =>
      passed([textIn(input["Target"], "RoleArn")], "scheduler.amazonaws.com"),
  },
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html */
export const cognito: ServiceCalls = {
  prefix: "cognito-idp",
  readers: {
    userpool: ({ input, place }) =>
      arnOr(textIn(input, "UserPoolId") ?? textIn(input, "ResourceArn"), (id) =>
        arn("cognito-idp", place, `userpool/${id}`),
      ),
  },
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html */
export const sts: ServiceCalls = {
  prefix: "sts",
  // No permissions are required, whatever a policy says: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  actions: { GetCallerIdentity: [] },
  readers: { role: ({ input }) => arnOr(textIn(input, "RoleArn"), (name) => name) },
  further: {
    AssumeRole: async ({ input }) =>
      listIn(input, "Tags").length === 0
        ? []
        : [{ action: "sts:TagSession", arn: textIn(input, "RoleArn") ?? "" }],
  },
  knownKeys: ["sts:externalid", "sts:rolesessionname"],
  keys: ({ input }) => ({
    ...(textIn(input, "ExternalId") === undefined
      ? {}
      : { "sts:externalid": [textIn(input, "ExternalId") ?? ""] }),
    "sts:rolesessionname": [textIn(input, "RoleSessionName") ?? ""],
  }),
};
