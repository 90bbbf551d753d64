import type { ContainerService } from "../../app/application.ts";
import { containerServices } from "../../app/find.ts";
import type { Built } from "../build/build.ts";
import { addTag, releaseTag } from "../build/repositories.ts";
import type { Emit } from "../events.ts";
import type { Ports } from "../ports.ts";
import { demandSecrets } from "../secrets/demand.ts";
import { currentVersion } from "../secrets/store.ts";
import { step } from "../step.ts";
import type { Target } from "../target.ts";
import { registerTaskDefinition } from "../task/task-definition.ts";
import { prepareDatabases } from "./database-task.ts";
import {
  dependencyWaves,
  type ReleasePlan,
  releasedServices,
  releasePlan,
  serviceOutputs,
  type Wanted,
  type WantedService,
  wantedService,
} from "./plan.ts";
import { publishRelease } from "./publish.ts";
import type { Release } from "./record.ts";
import { settle } from "./settle.ts";
import { uploadSites } from "./site-upload.ts";
import { type History, isSeeded, markSeeded, nextReleaseId, readHistory, shelfOf } from "./store.ts";
import { releaseTasks, runReleaseTask } from "./tasks.ts";

export interface ReleaseRequest {
  readonly target: Target;
  readonly built: Built;
  /** Id of the step this belongs to. */
  readonly parent?: string;
  readonly signal?: AbortSignal;
}

export interface Released {
  readonly release: Release;
  /** False when nothing had changed: no record was made, and `release` is the live one. */
  readonly isNew: boolean;
}

/**
 * Releases what was built into a provisioned environment whose credentials are set; the caller holds the lease. Only what has
 * changed is touched. Killed anywhere and run again, it ends in the same state.
 *
 * @throws UserError when a secret is not set, a command fails, or a service does not come up; what ran before then runs on.
 */
export async function release(request: ReleaseRequest, ports: Ports, emit: Emit): Promise<Released> {
  const parent = request.parent === undefined ? {} : { parent: request.parent };
  return step({ id: "release", title: "Release", ...parent }, ports, emit, async (report) => {
    const inner = { ...request, parent: "release" };
    const history = await readHistory(shelfOf(request.target), ports);
    const secretVersion = await demandSecrets(secretsOwner(request.target), ports);
    const wanted = await gather(inner, history, secretVersion, ports, emit);
    const next =
      sameRelease(wanted, history) ?? (await prepare(inner, { history, wanted, secretVersion }, ports, emit));
    const { services, sites } = next;
    await settle({ ...inner, services, sites, history }, ports, emit);
    const isNew = next.id !== history.live?.id;
    if (isNew) await publishRelease({ ...inner, release: next, history }, ports);
    report.end(isNew ? { outcome: "done", detail: next.id } : unchanged(next));
    return { release: next, isNew };
  });
}

/** The live release, or one that a killed run has written down already, when it is exactly what is wanted. */
function sameRelease(wanted: Wanted, { live, releases }: History): Release | undefined {
  const candidates = [live, releases[0]].filter((one) => one !== undefined);
  return candidates.find((one) => !releasePlan(wanted, one).isNew);
}

function unchanged(live: Release) {
  return { outcome: "unchanged", detail: `${live.id} is live, nothing has changed` } as const;
}

function secretsOwner({ application, collection, environment }: Target) {
  return { application: { name: application }, collection, environment };
}

type InnerRequest = ReleaseRequest & { readonly parent: string };

/** Everything the release consists of: services, the sites' files put in place, the databases prepared. */
async function gather(
  request: InnerRequest,
  history: History,
  secretVersion: string | undefined,
  ports: Ports,
  emit: Emit,
): Promise<Wanted> {
  const { target, built } = request;
  const services = await Promise.all(
    containerServices(target.environment).map((service) =>
      wantedFrom(service, request, secretVersion, ports),
    ),
  );
  const upload = { sites: built.sites, outputs: target.outputs, parent: request.parent };
  const sites = await uploadSites(upload, ports, emit);
  const done = history.live?.databases ?? {};
  const databases = await prepareDatabases({ ...request, images: built.images, done }, ports, emit);
  return { services, sites, databases };
}

async function wantedFrom(
  service: ContainerService,
  { target, built }: ReleaseRequest,
  versionId: string | undefined,
  ports: Ports,
): Promise<WantedService> {
  const outputs = serviceOutputs(target.outputs.services, service.name);
  const binding = outputs.binding_secret_arn;
  const writer = built.writers[service.name];
  const bindingVersionId = binding === null ? undefined : await currentVersion(binding, ports);
  return wantedService({
    service,
    outputs,
    image: built.images[service.name] ?? "",
    ...(writer === undefined ? {} : { writer }),
    secret: { arn: target.outputs.secret_arn, ...(versionId === undefined ? {} : { versionId }) },
    ...(bindingVersionId === undefined ? {} : { bindingVersionId }),
  });
}

interface Preparation {
  readonly history: History;
  readonly wanted: Wanted;
  readonly secretVersion: string | undefined;
}

/** Registers what is new and runs the commands on it; answers the record, which is not written yet. */
async function prepare(
  request: InnerRequest,
  { history, wanted, secretVersion }: Preparation,
  ports: Ports,
  emit: Emit,
): Promise<Release> {
  const { target } = request;
  const plan = releasePlan(wanted, history.live);
  const id = nextReleaseId(history.releases);
  const revisions = await register(request, plan, id, ports, emit);
  await runCommands(request, revisions, history, ports, emit);
  const head = await ports.git.head(ports.files.project);
  return {
    id,
    application: target.application,
    collection: target.collection.name,
    environment: target.environment.name,
    createdAt: ports.clock.now().toISOString(),
    author: head?.author ?? ports.runner.user,
    ...(head === undefined ? {} : { commit: head.commit, isDirty: head.isDirty }),
    ...(history.live === undefined ? {} : { parent: history.live.id }),
    services: releasedServices(plan, revisions, id),
    sites: wanted.sites,
    ...(secretVersion === undefined ? {} : { secretVersion }),
    databases: wanted.databases,
  };
}

/** Task definitions of the changed services, by service name; their images are tagged, so that they are kept. */
function register(
  request: InnerRequest,
  plan: ReleasePlan,
  id: string,
  ports: Ports,
  emit: Emit,
): Promise<ReadonlyMap<string, string>> {
  const { parent, target } = request;
  return step({ id: "register", title: "Register what is new", parent }, ports, emit, async (report) => {
    const revisions = new Map<string, string>();
    for (const { name, template, image, writer } of plan.changed) {
      const images = { image, ...(writer === undefined ? {} : { writer }) };
      revisions.set(
        name,
        await registerTaskDefinition({ template, container: name, ...images, release: id }, ports),
      );
    }
    const all = [...plan.changed, ...plan.kept.map((one) => one.wanted)];
    const release = `${target.environment.name}-${id}`;
    const images = all.flatMap(({ image, writer }) => (writer === undefined ? [image] : [image, writer]));
    for (const image of new Set(images)) await addTag(image, releaseTag(release, image), ports);
    const detail = plan.changed.map((one) => one.name).join(", ");
    report.end(plan.changed.length === 0 ? { outcome: "unchanged" } : { outcome: "done", detail });
    return revisions;
  });
}

async function runCommands(
  request: InnerRequest,
  revisions: ReadonlyMap<string, string>,
  history: History,
  ports: Ports,
  emit: Emit,
): Promise<void> {
  const { environment } = request.target;
  const shelf = shelfOf(request.target);
  const services = containerServices(environment).filter((one) => revisions.has(one.name));
  const inOrder = dependencyWaves(
    services,
    (name) => services.find((one) => one.name === name)?.dependsOn ?? [],
  ).flat();
  const isSeedDue = history.live === undefined && environment.kind !== "production";
  const serving = history.live === undefined ? {} : { serving: history.live.id };
  for (const task of releaseTasks(inOrder, isSeedDue)) {
    const { name } = task.service;
    if (task.kind === "seed" && (await isSeeded(shelf, name, ports))) continue;
    const taskDefinitionArn = revisions.get(name) ?? "";
    await runReleaseTask({ ...request, ...serving, task, taskDefinitionArn }, ports, emit);
    if (task.kind === "seed") await markSeeded(shelf, name, ports);
  }
}
