import type { Readable } from "node:stream";
import type * as z from "zod";
import * as answers from "./answers.ts";
import { type Container, type ContainerCreation, createContainers } from "./containers.ts";
import type { Endpoint } from "./endpoint.ts";
import { createTransport, DockerError } from "./transport.ts";

/** Which things are meant: by label, name, event … See https://docs.docker.com/reference/api/engine/. */
export type Filters = Readonly<Record<string, readonly string[]>>;

export interface VolumeCreation {
  readonly Name: string;
  readonly Labels?: Readonly<Record<string, string>>;
}

export interface NetworkCreation extends VolumeCreation {
  readonly Driver: "bridge";
}

export interface RegistryLogin {
  readonly username: string;
  readonly password: string;
  readonly serveraddress: string;
}

export interface Build {
  /** A tar archive of the context. */
  readonly context: Buffer;
  readonly tag: string;
  readonly network: "host";
}

/**
 * The calls of the Docker Engine's API that local-aws makes; members of answers keep Docker's names.
 * All reject with a DockerError where the Engine refuses, and with Node's own error where it cannot be reached.
 */
export interface Engine {
  /** Resolves when the Engine answers. */
  ping(): Promise<void>;
  info(): Promise<z.output<typeof answers.engineInfo>>;
  /** One JSON object a line, until it is aborted. */
  events(filters: Filters, signal: AbortSignal): Promise<Readable>;
  createContainer(creation: ContainerCreation): Promise<Container>;
  /** By id or name; nothing is asked yet. */
  getContainer(id: string): Container;
  /** Those that have ended are among them. */
  listContainers(filters: Filters): Promise<z.output<typeof answers.containers>>;
  /** One that is there already is no error. */
  createVolume(creation: VolumeCreation): Promise<void>;
  removeVolume(name: string): Promise<void>;
  listVolumes(filters: Filters): Promise<readonly { readonly Name: string }[]>;
  createNetwork(creation: NetworkCreation): Promise<void>;
  removeNetwork(id: string): Promise<void>;
  listNetworks(filters: Filters): Promise<z.output<typeof answers.networks>>;
  inspectImage(reference: string): Promise<z.output<typeof answers.image>>;
  listImages(filters: Filters): Promise<z.output<typeof answers.images>>;
  /** Resolves once the registry has the image; `done` once it is on this machine. */
  pull(reference: string, login?: RegistryLogin): Promise<{ readonly done: Promise<void> }>;
  /** Resolves once it is built. */
  build(build: Build): Promise<void>;
}

export function createEngine(endpoint: Endpoint): Engine {
  const transport = createTransport(endpoint);
  const { read, json, stream } = transport;
  const { create, get } = createContainers(transport);
  const list = async <T>(path: string, schema: z.ZodType<T>, filters: Filters, all?: boolean): Promise<T> =>
    schema.parse(await json({ method: "GET", path, query: { filters: JSON.stringify(filters), all } }));
  return {
    ping: async () => void (await read({ method: "GET", path: "/_ping" })),
    info: async () => answers.engineInfo.parse(await json({ method: "GET", path: "/info" })),
    events: (filters, signal) =>
      stream({ method: "GET", path: "/events", query: { filters: JSON.stringify(filters) }, signal }),
    createContainer: create,
    getContainer: get,
    listContainers: (filters) => list("/containers/json", answers.containers, filters, true),
    createVolume: async (creation) =>
      void (await read({ method: "POST", path: "/volumes/create", json: creation })),
    removeVolume: async (name) =>
      void (await read({ method: "DELETE", path: `/volumes/${segment(name)}`, query: { force: true } })),
    listVolumes: async (filters) => (await list("/volumes", answers.volumes, filters)).Volumes ?? [],
    createNetwork: async (creation) =>
      void (await read({ method: "POST", path: "/networks/create", json: creation })),
    removeNetwork: async (id) => void (await read({ method: "DELETE", path: `/networks/${segment(id)}` })),
    listNetworks: (filters) => list("/networks", answers.networks, filters),
    inspectImage: async (reference) =>
      answers.image.parse(
        await json({ method: "GET", path: `/images/${reference.split("/").map(segment).join("/")}/json` }),
      ),
    listImages: (filters) => list("/images/json", answers.images, filters),
    pull: async (reference, login) => {
      const headers = login && {
        "x-registry-auth": Buffer.from(JSON.stringify(login)).toString("base64url"),
      };
      const query = { fromImage: tagged(reference) };
      const progress = await stream({
        method: "POST",
        path: "/images/create",
        query,
        ...(headers && { headers }),
      });
      return { done: finished(progress) };
    },
    build: async ({ context, tag, network }) => {
      const query = { t: tag, networkmode: network, rm: true, forcerm: true };
      await finished(await stream({ method: "POST", path: "/build", query, archive: context }));
    },
  };
}

/** Without a tag Docker would pull all tags. */
function tagged(reference: string): string {
  return /(?::[^/]+|@[^/]+)$/.test(reference) ? reference : `${reference}:latest`;
}

function segment(name: string): string {
  return encodeURIComponent(name);
}

/** How many lines of output an error keeps. */
const lastLines = 15;

/** Reads the progress of a pull or a build, one JSON object a line, to its end. @throws DockerError with the last output */
async function finished(stream: Readable): Promise<void> {
  const output: string[] = [];
  for await (const line of linesIn(stream)) {
    const { stream: text, error, errorDetail } = answers.progress.parse(JSON.parse(line));
    if (text !== undefined) output.push(text);
    const reason = errorDetail?.message ?? error;
    if (reason !== undefined) {
      stream.destroy();
      throw new DockerError(500, [reason, output.slice(-lastLines).join("")].filter(Boolean).join("\n"));
    }
  }
}

/** Lines that are not empty, without their ends. */
export async function* linesIn(stream: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const text = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") yield line;
  }
  if (rest.trim() !== "") yield rest;
}
