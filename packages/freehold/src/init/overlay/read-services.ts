import { parseEnvironmentFile } from "../../config/env-file.ts";
import { Findings } from "../../config/findings.ts";
import { Library } from "../../config/library.ts";
import { projectPath } from "../../config/paths.ts";
import { readDocument, shellVariables } from "../../config/read-files.ts";
import { interpolationFileName } from "../../config/source.ts";
import { toValue } from "../../config/yaml/tree.ts";
import type { Repository } from "../repository.ts";
import { routedBy } from "./routed.ts";
import type { ServiceFacts } from "./service-facts.ts";

/**
 * The services of a Compose file, with what it extends and includes.
 *
 * @throws UserError when the file is no Compose file; there is nothing to propose over it then.
 */
export function readServices(path: string, repository: Repository): readonly ServiceFacts[] {
  const sources = [...repository.texts].map(([file, text]) => ({ path: file, text }));
  const text = repository.texts.get(path) ?? "";
  const environment = sources.find(
    (one) =>
      one.path ===
      (repository.texts.has(interpolationFileName)
        ? interpolationFileName
        : exampleOf(interpolationFileName, repository)),
  );
  const findings = new Findings();
  const options = {
    folder: repository.name,
    variables: {},
    ...(environment === undefined ? {} : { interpolationFile: environment }),
  };
  const tree = readDocument(
    [{ path, text }],
    options,
    shellVariables(options, findings),
    new Library(sources),
    findings,
  );
  const services = asRecord(asRecord(toValue(tree))["services"]);
  return Object.entries(services).map(([name, service]) => factsOf(name, asRecord(service), repository));
}

function factsOf(
  name: string,
  service: Readonly<Record<string, unknown>>,
  repository: Repository,
): ServiceFacts {
  const environmentFiles = listOf(service["env_file"]).map((file) => projectPath(pathOf(file)) ?? "");
  const variables = variablesOf(service["environment"], environmentFiles, repository);
  const routed = routedBy(pairsOf(service["labels"]), variables);
  return {
    name,
    ...(typeof service["image"] === "string" ? { image: service["image"] } : {}),
    ...buildOf(service["build"]),
    ...commandOf(service["command"]),
    ports: listOf(service["ports"]).map(portOf),
    exposes: listOf(service["expose"]).map(String),
    dependsOn: Array.isArray(service["depends_on"])
      ? service["depends_on"].map(String)
      : Object.keys(asRecord(service["depends_on"])),
    mounts: listOf(service["volumes"]).map((mount) =>
      typeof mount === "string" ? mount : mountOf(asRecord(mount)),
    ),
    variables,
    ...(routed === undefined ? {} : { routed }),
    environmentFiles,
    healthcheck: listOf(asRecord(service["healthcheck"])["test"]).join(" "),
    isPrivileged:
      service["privileged"] === true || service["network_mode"] === "host" || service["pid"] === "host",
    hasProfile: listOf(service["profiles"]).length > 0,
    settings: asRecord(service["x-freehold"]),
  };
}

function buildOf(build: unknown): Pick<ServiceFacts, "context" | "dockerfile" | "target"> {
  if (build === undefined || build === null) return {};
  const { context, dockerfile, target } =
    typeof build === "string" ? asRecord({ context: build }) : asRecord(build);
  return {
    context: projectPath(String(context ?? ".")) ?? String(context),
    ...(typeof dockerfile === "string" ? { dockerfile } : {}),
    ...(typeof target === "string" ? { target } : {}),
  };
}

function commandOf(command: unknown): Pick<ServiceFacts, "command"> {
  if (typeof command === "string") return { command };
  return Array.isArray(command) ? { command: command.map(String) } : {};
}

function variablesOf(
  written: unknown,
  files: readonly string[],
  repository: Repository,
): ReadonlyMap<string, string> {
  const named = files.flatMap((path) => {
    const text = repository.texts.get(path) ?? repository.texts.get(exampleOf(path, repository) ?? "");
    return text === undefined ? [] : [...variablesIn(text, path)];
  });
  return new Map([...named, ...pairsOf(written)]);
}

/** Of a list of `NAME=value`, or of a section. */
function pairsOf(written: unknown): ReadonlyMap<string, string> {
  if (!Array.isArray(written))
    return new Map(Object.entries(asRecord(written)).map(([name, value]) => [name, String(value ?? "")]));
  return new Map(
    written.map(String).map((line) => [line.split("=")[0] ?? "", line.slice(line.indexOf("=") + 1)]),
  );
}

/** What an environment file sets; what is wrong in it is told when it is read for good. */
export function variablesIn(text: string, path: string): ReadonlyMap<string, string> {
  return parseEnvironmentFile({ path, text }, new Map(), new Findings());
}

/** What a missing environment file is made from: `.env.example` for `.env`. */
export function exampleOf(path: string, repository: Repository): string | undefined {
  const names = ["example", "sample", "template", "dist"].map((word) => `${path}.${word}`);
  return names.find((name) => repository.texts.has(name));
}

function mountOf({ source, target }: Readonly<Record<string, unknown>>): string {
  return [source, target].map((part) => String(part ?? "")).join(":");
}

function portOf(port: unknown): string {
  if (typeof port !== "object" || port === null) return String(port);
  const { host_ip, published, target } = asRecord(port);
  return [host_ip, published, target].filter((part) => part !== undefined).join(":");
}

function pathOf(file: unknown): string {
  return typeof file === "string" ? file : String(asRecord(file)["path"] ?? "");
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
