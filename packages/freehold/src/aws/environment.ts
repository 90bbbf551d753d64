import type { Application, Collection, Environment, Resource } from "../app/application.ts";
import { containerServices, siteServices } from "../app/find.ts";
import type { Block } from "../terraform/block.ts";
import type { Expressed } from "../terraform/expression.ts";
import type { Stack } from "../terraform/stack.ts";
import { bucket } from "./bucket.ts";
import { cache } from "./cache.ts";
import { cdn } from "./cdn.ts";
import { database } from "./database.ts";
import { existingSecrets } from "./existing-secret.ts";
import type { EnvironmentFacts } from "./facts.ts";
import { innerService } from "./inner-service.ts";
import { job } from "./job.ts";
import { environmentSecretName } from "./names.ts";
import type { EnvironmentOutputs } from "./outputs.ts";
import { rulePriorities } from "./priorities.ts";
import { queue } from "./queue.ts";
import { schedule, scheduleGroup } from "./schedule.ts";
import { type EnvironmentScope, environmentScope } from "./scope.ts";
import { secret } from "./secret.ts";
import { admitCall } from "./security-group.ts";
import { type ServiceBase, type Started, serviceBase, serviceOutputs } from "./service.ts";
import { connections } from "./service-connect.ts";
import { environmentStateKey } from "./state-keys.ts";
import { table } from "./table.ts";
import { topic } from "./topic.ts";
import { volume } from "./volume.ts";
import { webService } from "./web-service.ts";

/** What one environment holds. Its one output `freehold` is an EnvironmentOutputs. Errors: UserError `reserved-role`. */
export function environmentStack(
  application: Application,
  collection: Collection,
  environment: Environment,
  facts: EnvironmentFacts,
): Stack {
  const scope = environmentScope(application, collection, environment, facts);
  const { blocks, outputs } = wire(scope);
  return {
    blocks,
    outputs: { freehold: outputs },
    backend: {
      bucket: facts.stateBucket,
      key: environmentStateKey(application.name, collection.name, environment.name),
      region: facts.region,
    },
    provider: { region: facts.region, account: facts.account, tags: scope.tags },
    imports: facts.imports,
  };
}

function wire(scope: EnvironmentScope): {
  readonly blocks: readonly Block[];
  readonly outputs: Expressed<EnvironmentOutputs>;
} {
  const { environment } = scope;
  const own = resourcesOf(scope);
  const services = containerServices(environment);
  const door = cdn(
    scope,
    services.filter((one) => one.type === "web"),
    siteServices(environment),
  );
  const environmentSecret = secret(scope, {
    name: "environment",
    secret: environmentSecretName(scope.identity),
    description: `Secrets of ${environment.name}, set with \`freehold secrets set\``,
  });
  const existing = existingSecrets(services);
  const around = { resources: own.all, volumes: own.volumes, environmentSecret, existing };
  const bases = services.map((service) => serviceBase(scope, service, around));
  const started = startAll(scope, bases);
  const parts = { domain: door?.domain, environmentSecret, existing };
  return {
    blocks: [
      ...[...own.all, ...own.volumes].flatMap((one) => one.blocks),
      ...(door?.blocks ?? []),
      ...environmentSecret.blocks,
      ...existing.blocks,
      ...bases.flatMap((one) => one.blocks),
      ...started.blocks,
    ],
    outputs: {
      domain: door?.domain ?? null,
      distribution_id: door?.distributionId ?? null,
      key_value_store_arn: door?.keyValueStoreArn ?? null,
      services: Object.fromEntries(
        started.services.map((one) => [
          one.base.service.name,
          serviceOutputs(scope, one.base, one.started, parts),
        ]),
      ),
      sites: Object.fromEntries((door?.sites ?? []).map((one) => [one.site.name, one.outputs])),
      databases: outputsByName(own.databases),
      caches: outputsByName(own.caches),
      buckets: outputsByName(own.buckets),
      queues: outputsByName(own.queues),
      tables: outputsByName(own.tables),
      topics: outputsByName(own.topics),
      volumes: outputsByName(own.volumes),
      secret_arn: environmentSecret.arn,
      task_subnet_ids: scope.facts.collection.private_subnet_ids,
    },
  };
}

function resourcesOf(scope: EnvironmentScope) {
  const databases = ofType(scope, "database").map((one) => database(scope, one));
  const caches = ofType(scope, "cache").map((one) => cache(scope, one));
  const buckets = ofType(scope, "bucket").map((one) => bucket(scope, one));
  const queues = ofType(scope, "queue").map((one) => queue(scope, one));
  const tables = ofType(scope, "table").map((one) => table(scope, one));
  const topics = ofType(scope, "topic").map((one) => topic(scope, one, queues));
  const volumes = ofType(scope, "volume").map((one) => volume(scope, one));
  return {
    databases,
    caches,
    buckets,
    queues,
    tables,
    topics,
    volumes,
    all: [...databases, ...caches, ...buckets, ...queues, ...tables, ...topics],
  };
}

function ofType<Type extends Resource["type"]>({ environment }: EnvironmentScope, type: Type) {
  const isOfType = (one: Resource): one is Extract<Resource, { type: Type }> => one.type === type;
  return environment.resources.filter(isOfType);
}

function startAll(scope: EnvironmentScope, bases: readonly ServiceBase[]) {
  const webs = bases.map((one) => one.service).filter((one) => one.type === "web");
  const priorities = rulePriorities(scope.facts.priorityBlock, webs);
  const group = scheduleGroup(scope);
  const names = connections(scope);
  const start = (base: ServiceBase): Started => {
    const { service } = base;
    switch (service.type) {
      case "web":
        return webService(scope, service, base, {
          priority: priorities.get(service.name) ?? 0,
          connection: names.of(service),
        });
      case "private":
      case "worker":
        return innerService(scope, service, base, names.of(service));
      case "cron":
        return schedule(scope, service, base, group);
      case "job":
        return job;
    }
  };
  const services = bases.map((base) => ({ base, started: start(base) }));
  const hasCrons = bases.some((one) => one.service.type === "cron");
  return {
    services,
    blocks: [
      ...names.blocks,
      ...(hasCrons ? [group] : []),
      ...callWays(bases),
      ...services.flatMap((one) => one.started.blocks),
    ],
  };
}

/** Who calls a service may reach it, at the ports it calls and no other. */
function callWays(bases: readonly ServiceBase[]): readonly Block[] {
  return bases.flatMap((caller) =>
    caller.service.calls.flatMap(({ service, port }) => {
      const callee = bases.find((one) => one.service.name === service);
      return callee === undefined ? [] : [admitCall(caller.group, callee.group, port)];
    }),
  );
}

function outputsByName<T>(
  facilities: readonly { readonly name: string; readonly outputs: T }[],
): Readonly<Record<string, T>> {
  return Object.fromEntries(facilities.map((one) => [one.name, one.outputs]));
}
