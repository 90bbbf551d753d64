import { join } from "../dockerfiles/dockerfile.ts";
import { entry, inline } from "../document.ts";
import { type DockerfileFacts, readDockerfile } from "../marks/dockerfile.ts";
import type { Repository } from "../repository.ts";
import { type Advice, advise } from "./advice.ts";
import type { ServiceFacts } from "./service-facts.ts";

/** What the Dockerfile of a service says, where it is built and the file is there. */
export function imageOf(
  { context, dockerfile = "Dockerfile" }: ServiceFacts,
  { texts }: Repository,
): DockerfileFacts | undefined {
  const text = context === undefined ? undefined : texts.get(join(context, dockerfile));
  return text === undefined ? undefined : readDockerfile(dockerfile, text);
}

/** The stage that others are served from: the service's own, unless that is for those who write the program. */
export function servedStage(
  service: ServiceFacts,
  repository: Repository,
): DockerfileFacts["stages"][number] | undefined {
  const stages = imageOf(service, repository)?.stages ?? [];
  const { target } = service;
  if (target === undefined) return stages.at(-1);
  if (!forDevelopment.test(target)) return stages.find(({ name }) => name === target);
  const others = stages.filter(({ name }) => name !== undefined && !forDevelopment.test(name));
  return (
    others.find(({ name = "" }) => forProduction.test(name)) ?? others.find((one) => one === stages.at(-1))
  );
}

const forDevelopment = /^(?:dev|devel|development|local|debug|hot|watch)(?:$|[-_])/i;
const forProduction = /^(?:prod|production|release|runner|runtime|deploy|final)(?:$|[-_])/i;

/** An image for development often holds no sources: they are mounted over it at home. */
export function targetForOthers(service: ServiceFacts, repository: Repository): Advice | undefined {
  const { target = "" } = service;
  const name = servedStage(service, repository)?.name;
  if (!forDevelopment.test(target) || name === undefined) return undefined;
  const comment = `On AWS not the stage ${target}, which is for development.`;
  return advise(`the stage ${name} of its Dockerfile, in place of ${target}`, {
    keys: [entry("build", inline(entry("target", name)), comment)],
  });
}

/** Debuggers, and what tells a browser to load again. */
const debugPorts = new Set([2345, 5005, 5678, 6499, 9003, 9229, 9230, 24678, 35729]);

/** The one of several ports that gets traffic: the one its image exposes or its check asks, else the only one that is no debugger's. */
export function portForOthers(service: ServiceFacts, repository: Repository): Advice | undefined {
  if (service.settings["port"] !== undefined) return undefined;
  const ports = [...new Set(service.ports.flatMap((port) => containerPort(port) ?? []))];
  const exposed = imageOf(service, repository)?.port;
  if (ports.length === 0 && service.exposes.length === 0) return portOfRoute(service, exposed);
  if (ports.length < 2) return undefined;
  const asked = Number(/https?:\/\/[^/:]+:(\d+)/.exec(service.healthcheck)?.[1]);
  const [only, second] = ports.filter((port) => !debugPorts.has(port));
  const chosen = ports.find((port) => port === asked) ?? ports.find((port) => port === exposed);
  const port = chosen ?? (second === undefined ? only : undefined);
  if (port === undefined) return undefined;
  const others = ports.filter((one) => one !== port).join(", ");
  return advise(`port ${port} gets traffic, ${others} does not`, { settings: [entry("port", port)] });
}

/** A proxy finds the port by itself where the image exposes one. */
function portOfRoute({ routed }: ServiceFacts, exposed: number | undefined): Advice | undefined {
  const port = routed === undefined ? undefined : (routed.port ?? exposed);
  if (port === undefined) return undefined;
  return advise(`listens on ${port}, as the proxy is told`, { settings: [entry("port", port)] });
}

/** `9229` of `127.0.0.1:9230:9229/tcp`. */
function containerPort(written: string): number | undefined {
  const port = /(?:^|:)(\d+)(?:\/tcp)?$/.exec(written)?.[1];
  return port === undefined ? undefined : Number(port);
}
