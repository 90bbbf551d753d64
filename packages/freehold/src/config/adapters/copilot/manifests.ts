import { partAt } from "../../yaml/tree.ts";
import { count, requestDrivenCount, workerCount } from "./keys/count.ts";
import { files } from "./keys/files.ts";
import { alias, http, internalHttp, nlb, requestDrivenHttp } from "./keys/http.ts";
import { asItIs, image, imageWithPort, jobImage, requestDrivenImage } from "./keys/image.ts";
import { publish } from "./keys/publish.ts";
import { on, retries, timeout } from "./keys/schedule.ts";
import { cpu, memory, platform, requestDrivenTags } from "./keys/size.ts";
import { storage } from "./keys/storage.ts";
import { subscribe } from "./keys/subscribe.ts";
import {
  deployment,
  exec,
  logging,
  network,
  observability,
  requestDrivenNetwork,
  sidecars,
  taskdefOverrides,
} from "./keys/surroundings.ts";
import { envFile, secrets, variables } from "./keys/variables.ts";
import { inside, type KeyTable, mapped, notes, one, type Write, write } from "./treatment.ts";
import { own, setting, type Workload, type WorkloadKey, type WorkloadType } from "./workload.ts";

/** `type` of the manifest says what it becomes, and with that where it answers. */
const type = one<Workload>(({ context, place }) => {
  const path = context.path === undefined || context.path === "/" ? [] : [context.path];
  const writes = [
    write(setting(context, "type"), context.type, place),
    ...path.map((text) => write(setting(context, "path"), text, place)),
  ];
  const isMoved = path.length > 0 && partAt(context.manifest, ["http", "path"]) === undefined;
  const moved = isMoved ? "; another service answers `/`, and here they share their host names" : "";
  return mapped(writes, `${context.why}${moved}`);
});

const ownPart = ({ context, place }: WorkloadKey): Write => ({
  path: own(context),
  value: { kind: "section", entries: new Map(), place },
});

/** The folder's name counts, as it does for Copilot. */
const name = one<Workload>((written) => mapped([ownPart(written)]));

const containerName = one<Workload>((written) => {
  const { context, place } = written;
  const variable = write(own(context, "environment", "COPILOT_SERVICE_NAME"), context.name, place);
  return mapped([variable, ownPart(written)]);
});

const always: KeyTable<Workload> = { name: containerName, type };

/** Of everything that ECS runs. */
const onEcs: KeyTable<Workload> = {
  ...always,
  entrypoint: asItIs("entrypoint"),
  command: asItIs("command"),
  cpu,
  memory,
  platform,
  exec,
  variables,
  env_file: envFile,
  secrets,
  storage,
  publish,
  sidecars,
  logging,
  network,
  taskdef_overrides: taskdefOverrides,
};

const service: KeyTable<Workload> = { ...onEcs, count, deployment, observability };

/** Every key of a manifest of that type (https://aws.github.io/copilot-cli/docs/manifest/overview/). */
export const manifestKeys: Readonly<Record<WorkloadType, KeyTable<Workload>>> = {
  "Load Balanced Web Service": { ...service, http, nlb, image: imageWithPort },
  "Backend Service": { ...service, http: internalHttp, image: imageWithPort },
  "Worker Service": { ...service, subscribe, image, count: workerCount },
  "Request-Driven Web Service": {
    ...always,
    http: requestDrivenHttp,
    image: requestDrivenImage,
    cpu,
    memory,
    platform,
    network: requestDrivenNetwork,
    observability,
    command: asItIs("command"),
    variables,
    secrets,
    publish,
    tags: requestDrivenTags,
    count: requestDrivenCount,
  },
  "Scheduled Job": { ...onEcs, image: jobImage, on, retries, timeout, count, observability },
  "Static Site": {
    name,
    type,
    http: inside<Workload>({ alias: one(alias), certificate: notes("certificates are made for the domain") }),
    files,
  },
};
