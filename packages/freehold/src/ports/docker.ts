import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { hiddenArguments } from "../engine/build/hidden-arguments.ts";
import type { BuildRequest, DockerPort } from "../engine/ports.ts";
import { UserError } from "../errors.ts";
import { type Command, runCommand } from "./command.ts";
import { type Configuration, type Login, writeConfiguration } from "./docker-configuration.ts";
import { explainDocker } from "./docker-failure.ts";
import type { Environment, Environments } from "./environment.ts";
import type { OnDisk, Temporary } from "./temporary.ts";

export interface DockerRequest {
  readonly environments: Pick<Environments, "plain" | "fetching">;
  readonly temporary: Temporary;
  /** When aborted, what takes long is asked to stop, and waited for. */
  readonly interrupt?: AbortSignal;
}

/** Docker by its command line. Credentials never enter the user's own configuration, nor any file. */
export function createDocker({ environments, temporary, interrupt }: DockerRequest): DockerPort {
  const { plain, fetching } = environments;
  const ownConfiguration = plain["DOCKER_CONFIG"] || join(homedir(), ".docker");
  const docker = dockerWith(plain);
  // What fetches takes long, and may be interrupted; what tidies up may not.
  const fetches = dockerWith(fetching);
  const long: Docker = (args, extra = {}) =>
    fetches(args, { ...(interrupt === undefined ? {} : { interrupt }), ...extra });
  const logins = new Map<string, Login>();
  const configurationFor = async (reference: string): Promise<Configuration> => {
    const registry = reference.split("/")[0] ?? "";
    const login = logins.get(registry);
    if (login === undefined) return { variables: {}, dispose: async () => {} };
    const path = fetching["PATH"] ?? "";
    return writeConfiguration({ registry, login, own: ownConfiguration, path, temporary });
  };
  return {
    version: () => engineVersion(docker),
    build: (request, onLine) => build(request, onLine, long, temporary),
    imageId: async (reference) => {
      const found = await docker(["images", "--quiet", "--no-trunc", "--", reference]);
      return found.trim().split("\n")[0] || undefined;
    },
    pull: async (reference, platform) => {
      await long(["pull", "--quiet", "--platform", platform, "--", reference], {
        subject: `docker pull ${reference}`,
        hint: "Check the image's name, and that its registry can be reached from here.",
      });
    },
    tag: async (source, target) => {
      await docker(["tag", "--", source, target]);
    },
    login: async (registry, user, password) => {
      logins.set(registry, { user, password });
    },
    push: async (reference) => {
      const configuration = await configurationFor(reference);
      try {
        const pushed = await long(["push", "--", reference], {
          variables: configuration.variables,
          subject: `docker push ${reference}`,
          hint: "Nothing that runs was touched; run the same command again.",
        });
        return digestOfPush(pushed, reference);
      } finally {
        await configuration.dispose();
      }
    },
    copyOut: (image, path, target) => copyOut(image, path, target, docker),
  };
}

/** `variables` are added to the environment of the program. */
type Docker = (
  args: readonly string[],
  extra?: Partial<Omit<Command, "environment">> & { readonly variables?: Environment },
) => Promise<string>;

function dockerWith(base: Environment): Docker {
  return (args, { variables, ...extra } = {}) => {
    const environment = { ...base, ...variables };
    const command = { program: "docker", args, subject: `docker ${args[0]}`, environment, ...extra };
    return runCommand(command).catch((error: unknown) => {
      throw explainDocker(error);
    });
  };
}

async function engineVersion(docker: Docker): Promise<string> {
  try {
    return (await docker(["version", "--format", "{{.Server.Version}}"])).trim();
  } catch (cause) {
    const hint = "Install Docker Engine or start Docker Desktop; `docker version` must name a server.";
    throw new UserError(
      { code: "no-docker", subject: "docker", message: "No Docker engine answers.", hint },
      { cause },
    );
  }
}

async function build(
  request: BuildRequest,
  onLine: (line: string) => void,
  docker: Docker,
  temporary: Temporary,
): Promise<void> {
  const context =
    request.context.kind === "folder"
      ? { path: request.context.path, dispose: async () => {} }
      : await written(request.context.files, temporary);
  const dockerfile = await dockerfileOf(request, context.path, temporary);
  const hidden = hiddenArguments(request.args);
  const args = [
    ...["build", "--progress", "plain", "--platform", request.platform],
    ...["--tag", request.tag, "--provenance=false", "--file", dockerfile.path],
    ...(request.target === undefined ? [] : ["--target", request.target]),
    ...Object.entries(request.args).flatMap(([name, value]) => [
      "--build-arg",
      Object.hasOwn(hidden, name) ? name : `${name}=${value}`,
    ]),
    "--",
    context.path,
  ];
  try {
    await docker(args, {
      variables: { ...hidden, DOCKER_BUILDKIT: "1" },
      onLine,
      hint: "Mend the Dockerfile or what it copies; nothing that runs was touched.",
    });
  } finally {
    await Promise.all([context.dispose(), dockerfile.dispose()]);
  }
}

/** One that the Compose file holds lies in a folder of its own: it is no part of the context. */
async function dockerfileOf(
  { dockerfile }: BuildRequest,
  context: string,
  temporary: Temporary,
): Promise<OnDisk> {
  if (typeof dockerfile === "string") return { path: join(context, dockerfile), dispose: async () => {} };
  const folder = await written({ Dockerfile: dockerfile.text }, temporary);
  return { path: join(folder.path, "Dockerfile"), dispose: folder.dispose };
}

async function written(
  files: Readonly<Record<string, string | Uint8Array>>,
  temporary: Temporary,
): Promise<OnDisk> {
  const folder = await temporary("build");
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder.path, name), content);
  return folder;
}

function digestOfPush(output: string, reference: string): string {
  const digest = /digest: (sha256:[0-9a-f]{64})/.exec(output)?.[1];
  if (digest !== undefined) return digest;
  throw new UserError({
    code: "push-without-digest",
    subject: reference,
    message: `The registry gave no digest for ${reference}.`,
  });
}

async function copyOut(image: string, path: string, target: string, docker: Docker): Promise<void> {
  const container = (await docker(["create", "--", image])).trim();
  try {
    await mkdir(dirname(target), { recursive: true });
    const fresh = `${target}.part`;
    await rm(fresh, { recursive: true, force: true });
    await docker(["cp", "--", `${container}:${path}`, fresh], {
      hint: `The image holds no ${path}; correct \`output\`.`,
    });
    await rm(target, { recursive: true, force: true });
    await rename(fresh, target);
  } finally {
    await docker(["rm", "--volumes", "--", container]);
  }
}
