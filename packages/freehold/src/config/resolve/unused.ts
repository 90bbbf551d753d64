import type { ContainerService, Resource } from "../../app/application.ts";
import { isCalled } from "../../app/calls.ts";
import type { Findings } from "../findings.ts";
import { type Draft, variablePrefix } from "./draft.ts";

/** What stands in `x-freehold.resources` for a program to ask by its SDK, and the variable that tells where it is. */
const toldBy: Readonly<Record<string, string>> = {
  bucket: "NAME",
  queue: "URL",
  table: "NAME",
  topic: "ARN",
};

/** Tells of private services that nobody can reach, and of those that publish ports and are private all the same. */
export function noteUncalled(
  services: readonly ContainerService[],
  drafts: readonly Draft[],
  findings: Findings,
): void {
  for (const { name, type } of services) {
    if (type !== "private") continue;
    const draft = drafts.find((one) => one.name === name);
    const front = draft !== undefined && "behind" in draft.inferred ? draft.inferred.behind : undefined;
    const message = whoReaches(isCalled(services, name), front);
    if (message !== undefined) findings.note(draft?.subject ?? name, message);
  }
}

function whoReaches(isCalled: boolean, front: string | undefined): string | undefined {
  if (front === undefined && isCalled) return undefined;
  if (front === undefined)
    return "is called by no service, so nobody reaches it: name it in a variable or under `uses` of those that do, or give it `type: web` and a path";
  const reached = isCalled ? "only the other services reach it" : "nobody reaches it";
  return `publishes a port, yet ${reached}: \`${front}\` answers \`/\`; if browsers call it, give it a path, as in \`x-freehold.path: /api\``;
}

/** Tells of resources that would be made for nobody, and of variables that name one and would stay as they are. */
export function noteUnused(
  services: readonly ContainerService[],
  resources: readonly Resource[],
  drafts: readonly Draft[],
  findings: Findings,
): void {
  for (const { name, type } of resources) {
    const suffix = toldBy[type];
    if (suffix === undefined) continue;
    const told = `${variablePrefix(name)}_${suffix}`;
    for (const service of services) noteNamed(service, name, type, told, findings);
    const subject = drafts.find((draft) => draft.name === name)?.subject ?? name;
    if (services.every(({ uses }) => !uses.includes(name)))
      findings.note(subject, `is used by no service: list \`${name}\` under \`uses\` of those that reach it`);
  }
}

function noteNamed(
  { name, variables, uses }: ContainerService,
  resource: string,
  type: string,
  told: string,
  findings: Findings,
): void {
  for (const [variable, value] of Object.entries(variables)) {
    if (value !== resource || !/(NAME|URL|URI|ARN|BUCKET|QUEUE|TABLE|TOPIC)$/i.test(variable)) continue;
    const first = uses.includes(resource) ? "" : `list it under \`uses\` and `;
    findings.note(
      `services.${name}.environment.${variable}`,
      `stays \`${value}\`, which is no ${type} on AWS: ${first}write \`variables: { ${variable}: { alias: ${told} } }\``,
    );
  }
}
