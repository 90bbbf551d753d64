import type {
  CreateServiceCommandInput,
  DeleteServiceCommandInput,
  DescribeServiceDeploymentsCommandInput,
  DescribeServicesCommandInput,
  ListServiceDeploymentsCommandInput,
  ListServicesCommandInput,
  StopServiceDeploymentCommandInput,
  UpdateServiceCommandInput,
} from "@aws-sdk/client-ecs";
import type { Platform } from "../../platform.ts";
import type { Operation } from "../../service.ts";
import { type Arns, lastPart } from "../arns.ts";
import { activeCluster } from "../clusters/find.ts";
import { invalidParameter, serviceNotFound } from "../errors.ts";
import { pageOf } from "../paging.ts";
import type { EcsState, EcsStore } from "../state.ts";
import { checkTargetGroups } from "./check.ts";
import { newService } from "./create.ts";
import { describeServiceDeployments, listServiceDeployments } from "./deployments.ts";
import { findService } from "./find.ts";
import { renderService } from "./render.ts";
import type { Service } from "./service-record.ts";
import { stoppedDeployment } from "./stop-deployment.ts";
import { updatedService } from "./update.ts";

interface Office {
  readonly platform: Pick<Platform, "aws" | "clock" | "settings">;
  readonly store: EcsStore;
  readonly arns: Arns;
  readonly wake: () => void;
}

/** Services: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html. */
export function serviceOperations(office: Office): Record<string, Operation> {
  const { store, arns } = office;
  return {
    CreateService: (input: CreateServiceCommandInput) => create(office, input),
    UpdateService: (input: UpdateServiceCommandInput) => update(office, input),
    DeleteService: (input: DeleteServiceCommandInput) => remove(office, input),
    DescribeServices: async (input: DescribeServicesCommandInput) => describe(office, input),
    ListServices: async (input: ListServicesCommandInput) => list(store.get(), input),
    // Without Service Connect no service is in a namespace.
    ListServicesByNamespace: async () => ({ serviceArns: [] }),
    ListServiceDeployments: async (input: ListServiceDeploymentsCommandInput) =>
      listServiceDeployments(store.get(), arns, input),
    DescribeServiceDeployments: async (input: DescribeServiceDeploymentsCommandInput) =>
      describeServiceDeployments(store.get(), arns, input),
    StopServiceDeployment: (input: StopServiceDeploymentCommandInput) => stopDeployment(office, input),
  };
}

/** What is checked before a question to another service is checked again after it: the state may have moved on. */
async function create(office: Office, input: CreateServiceCommandInput) {
  const { platform, store, arns } = office;
  newService(store.get(), arns, input, now(office));
  await checkTargetGroups(platform.aws, input.loadBalancers);
  const service = newService(store.get(), arns, input, now(office));
  const state = await store.update((before) => ({
    ...withService(before, service),
    tags: { ...before.tags, [service.arn]: input.tags ?? [] },
  }));
  return answer(office, state, service.arn);
}

async function update(office: Office, input: UpdateServiceCommandInput) {
  const { platform, store } = office;
  updatedService(store.get(), input, now(office));
  await checkTargetGroups(platform.aws, input.loadBalancers);
  const service = updatedService(store.get(), input, now(office));
  return answer(office, await store.update((before) => withService(before, service)), service.arn);
}

async function stopDeployment(office: Office, input: StopServiceDeploymentCommandInput) {
  const { store, arns, wake } = office;
  await store.update((state) => withService(state, stoppedDeployment(state, arns, input, now(office))));
  wake();
  return { serviceDeploymentArn: input.serviceDeploymentArn };
}

/** A service with tasks is deleted by force only; it drains until its tasks have stopped. */
async function remove(
  office: Office,
  { cluster, service: reference = "", force }: DeleteServiceCommandInput,
) {
  const { store } = office;
  const service = findService(store.get(), activeCluster(store.get(), cluster).arn, reference);
  if (service === undefined || service.status === "INACTIVE") throw serviceNotFound();
  if (service.desiredCount > 0 && force !== true) {
    throw invalidParameter("The service cannot be stopped while it is scaled above 0.");
  }
  const draining: Service = { ...service, status: "DRAINING", desiredCount: 0 };
  return answer(office, await store.update((before) => withService(before, draining)), service.arn);
}

function describe(
  { platform, store, arns }: Office,
  { cluster, services = [], include = [] }: DescribeServicesCommandInput,
) {
  const state = store.get();
  const { arn, name } = activeCluster(state, cluster);
  const found = services.map((reference) => ({ reference, service: findService(state, arn, reference) }));
  const { accountId } = platform.settings;
  return {
    services: found.flatMap(({ service }) =>
      service ? [renderService(state, service, accountId, include.includes("TAGS"))] : [],
    ),
    failures: found.flatMap(({ reference, service }) =>
      service ? [] : [{ arn: arns.service(name, lastPart(reference)), reason: "MISSING" }],
    ),
  };
}

function list(state: EcsState, input: ListServicesCommandInput) {
  const cluster = activeCluster(state, input.cluster);
  const { launchType, schedulingStrategy = "REPLICA" } = input;
  const matching = Object.values(state.services).filter(
    (service) =>
      service.clusterArn === cluster.arn &&
      service.status !== "INACTIVE" &&
      schedulingStrategy === "REPLICA" &&
      (launchType === undefined || service.launchType === launchType),
  );
  const { items, nextToken } = pageOf(matching, { maxResults: 10, ...input });
  return { serviceArns: items.map(({ arn }) => arn), nextToken };
}

function answer({ platform, wake }: Office, state: EcsState, arn: string) {
  wake();
  const service = state.services[arn];
  return { service: service && renderService(state, service, platform.settings.accountId, true) };
}

function withService(state: EcsState, service: Service): EcsState {
  return { ...state, services: { ...state.services, [service.arn]: service } };
}

function now({ platform }: Office): number {
  return platform.clock.now().getTime();
}
