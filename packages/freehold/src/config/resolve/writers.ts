import type { ContainerService } from "../../app/application.ts";
import { stopsFirst, writtenVolumes } from "../../app/volume.ts";
import type { Findings } from "../findings.ts";
import { placeAt } from "../yaml/tree.ts";
import type { Draft } from "./draft.ts";

/** Tells what a release stops before it starts the next; several tasks of such a service are a problem. */
export function checkWriters(
  services: readonly ContainerService[],
  drafts: readonly Draft[],
  findings: Findings,
): void {
  for (const service of services) {
    const draft = drafts.find(({ name }) => name === service.name);
    if (draft === undefined || !("count" in service) || !stopsFirst(service)) continue;
    if (service.count > 1) reportCount(service.count, service, draft, findings);
    else findings.note(draft.subject, whatStops(service));
  }
}

function whatStops(service: ContainerService): string {
  return `writes to ${named(service)}: a release stops its task, within ${service.stopGrace} s, before it starts the next, and nobody answers meanwhile`;
}

function reportCount(count: number, service: ContainerService, draft: Draft, findings: Findings): void {
  const { subject, settings, place } = draft;
  const message = `would have ${count} tasks that write to ${named(service)} at once`;
  const hint = "run one, or say `shared: true` where the program can do that";
  const at = settings.entries.has("scale") ? placeAt(settings, ["scale"]) : place;
  findings.problem({ code: "shared", subject, message, hint, place: at });
}

function named(service: ContainerService): string {
  const volumes = writtenVolumes(service);
  return `the volume${volumes.length === 1 ? "" : "s"} ${volumes.join(", ")}`;
}
