import type {
  DeleteTaskDefinitionsCommandInput,
  DeregisterTaskDefinitionCommandInput,
  DescribeTaskDefinitionCommandInput,
  ListTaskDefinitionFamiliesCommandInput,
  ListTaskDefinitionsCommandInput,
  RegisterTaskDefinitionCommandInput,
} from "@aws-sdk/client-ecs";
import type { Platform } from "../../platform.ts";
import type { Operation } from "../../service.ts";
import type { Arns } from "../arns.ts";
import { clientError } from "../errors.ts";
import { pageOf } from "../paging.ts";
import { type EcsState, type EcsStore, without } from "../state.ts";
import { checkDefinition } from "./check.ts";
import { findTaskDefinition } from "./find.ts";
import { definitionContent } from "./register.ts";
import { renderTaskDefinition } from "./render.ts";
import type { TaskDefinition } from "./task-definition.ts";

/** Task definitions: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html. */
export function taskDefinitionOperations(
  { clock, settings }: Pick<Platform, "clock" | "settings">,
  store: EcsStore,
  arns: Arns,
): Record<string, Operation> {
  const now = (): number => clock.now().getTime();
  return {
    RegisterTaskDefinition: (input: RegisterTaskDefinitionCommandInput) =>
      register(store, arns, input, { at: now(), by: `arn:aws:iam::${settings.accountId}:root` }),
    DescribeTaskDefinition: async (input: DescribeTaskDefinitionCommandInput) => describe(store.get(), input),
    ListTaskDefinitions: async (input: ListTaskDefinitionsCommandInput) => list(store.get(), input),
    ListTaskDefinitionFamilies: async (input: ListTaskDefinitionFamiliesCommandInput) =>
      listFamilies(store.get(), input),
    DeregisterTaskDefinition: ({ taskDefinition = "" }: DeregisterTaskDefinitionCommandInput) =>
      deregister(store, taskDefinition, now()),
    DeleteTaskDefinitions: (input: DeleteTaskDefinitionsCommandInput) => remove(store, input),
  };
}

async function register(
  store: EcsStore,
  arns: Arns,
  input: RegisterTaskDefinitionCommandInput,
  registered: { readonly at: number; readonly by: string },
) {
  checkDefinition(input);
  const content = definitionContent(input);
  const revision = (store.get().revisions[content.family] ?? 0) + 1;
  const definition: TaskDefinition = {
    ...content,
    arn: arns.taskDefinition(content.family, revision),
    revision,
    status: "ACTIVE",
    registeredAt: registered.at,
    registeredBy: registered.by,
  };
  const tags = input.tags ?? [];
  await store.update((state) => ({
    ...withDefinition(state, definition),
    revisions: { ...state.revisions, [content.family]: revision },
    tags: { ...state.tags, [definition.arn]: tags },
  }));
  return { taskDefinition: renderTaskDefinition(definition), tags };
}

function describe(
  state: EcsState,
  { taskDefinition = "", include = [] }: DescribeTaskDefinitionCommandInput,
) {
  const found = findTaskDefinition(state, taskDefinition);
  if (found === undefined) throw clientError("Unable to describe task definition.");
  const tags = include.includes("TAGS") ? (state.tags[found.arn] ?? []) : undefined;
  return { taskDefinition: renderTaskDefinition(found), tags };
}

function list(state: EcsState, input: ListTaskDefinitionsCommandInput) {
  const { familyPrefix, status = "ACTIVE", sort = "ASC" } = input;
  const matching = Object.values(state.taskDefinitions)
    .filter((one) => one.status === status && (familyPrefix === undefined || one.family === familyPrefix))
    .sort((one, other) => compareText(one.family, other.family) || one.revision - other.revision)
    .map(({ arn }) => arn);
  const { items, nextToken } = pageOf(sort === "DESC" ? matching.reverse() : matching, input);
  return { taskDefinitionArns: items, nextToken };
}

function listFamilies(state: EcsState, input: ListTaskDefinitionFamiliesCommandInput) {
  const { familyPrefix = "", status = "ALL" } = input;
  const all = Object.values(state.taskDefinitions);
  const active = new Set(all.flatMap((one) => (one.status === "ACTIVE" ? [one.family] : [])));
  const families = [...new Set(all.map(({ family }) => family))]
    .filter((family) => family.startsWith(familyPrefix))
    .filter((family) => status === "ALL" || active.has(family) === (status === "ACTIVE"))
    .sort(compareText);
  const { items, nextToken } = pageOf(families, input);
  return { families: items, nextToken };
}

async function deregister(store: EcsStore, reference: string, at: number) {
  const found = reference.includes(":") ? findTaskDefinition(store.get(), reference) : undefined;
  if (found === undefined) throw clientError("The specified task definition does not exist.");
  const gone: TaskDefinition = { ...found, status: "INACTIVE", deregisteredAt: found.deregisteredAt ?? at };
  await store.update((state) => withDefinition(state, gone));
  return { taskDefinition: renderTaskDefinition(gone) };
}

/** Only deregistered revisions can be deleted; one that is in use stays until it is deleted again. */
async function remove(store: EcsStore, { taskDefinitions = [] }: DeleteTaskDefinitionsCommandInput) {
  const found = taskDefinitions.map((reference) => ({
    reference,
    one: findTaskDefinition(store.get(), reference),
  }));
  const deleted = found.flatMap(({ one }) => (one?.status === "INACTIVE" ? [one] : []));
  await store.update((state) => {
    const gone = new Set(deleted.map(({ arn }) => arn).filter((arn) => !isInUse(state, arn)));
    return {
      ...state,
      taskDefinitions: without(state.taskDefinitions, gone),
      tags: without(state.tags, gone),
    };
  });
  return {
    taskDefinitions: deleted.map((one) => ({ ...renderTaskDefinition(one), status: "DELETE_IN_PROGRESS" })),
    failures: found.flatMap(({ reference, one }) => {
      if (one === undefined)
        return [{ arn: reference, reason: "The specified task definition does not exist." }];
      if (one.status === "INACTIVE") return [];
      return [
        {
          arn: one.arn,
          reason:
            "The specified task definition is still in ACTIVE status. Please deregister the target and try again.",
        },
      ];
    }),
  };
}

function isInUse(state: EcsState, arn: string): boolean {
  return (
    Object.values(state.services).some((service) =>
      service.deployments.some((one) => one.taskDefinition === arn),
    ) ||
    Object.values(state.tasks).some((task) => task.taskDefinitionArn === arn && task.lastStatus !== "STOPPED")
  );
}

function withDefinition(state: EcsState, definition: TaskDefinition): EcsState {
  return { ...state, taskDefinitions: { ...state.taskDefinitions, [definition.arn]: definition } };
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
