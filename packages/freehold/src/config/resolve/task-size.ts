import type { Size } from "../../app/application.ts";
import { defaultSize, fargateSize, fargateSizes, formatSize } from "../../app/sizes.ts";
import type { ComposeService } from "../compose/service.ts";
import type { Findings } from "../findings.ts";
import { placeAt, type Section } from "../yaml/tree.ts";

const mebibyte = 1024 * 1024;

/** The Fargate size of a task: what the file asks for, raised to the next there is. */
export function taskSize(
  compose: ComposeService,
  service: Section,
  subject: string,
  findings: Findings,
): Size {
  const asked = askedSize(compose);
  const size = fargateSize(asked);
  if (size === undefined) {
    const largest = fargateSizes.at(-1) ?? defaultSize;
    const message = `asks for ${describe(asked)}; a Fargate task has ${formatSize(largest)} at most`;
    findings.problem({ code: "size", subject, message, place: placeAt(service, sizePath(service)) });
    return largest;
  }
  const isRaised = (asked.cpu ?? size.cpu) < size.cpu || (asked.memory ?? size.memory) < size.memory;
  if (isRaised)
    findings.note(subject, `asks for ${describe(asked)}; the next size on Fargate is ${formatSize(size)}`);
  return size;
}

/** CPU units and MiB; the limit counts, then the reservation. */
function askedSize(compose: ComposeService): Partial<Size> {
  const resources = compose.deploy?.resources;
  const processors = resources?.limits?.cpus ?? compose.cpus ?? resources?.reservations?.cpus;
  const bytes =
    resources?.limits?.memory ??
    compose.mem_limit ??
    resources?.reservations?.memory ??
    compose.mem_reservation;
  return {
    ...(processors === undefined ? {} : { cpu: Math.ceil(processors * 1024) }),
    ...(bytes === undefined ? {} : { memory: bytes / mebibyte }),
  };
}

function sizePath(service: Section): readonly string[] {
  const path = ["deploy", "mem_limit", "cpus"].find((key) => service.entries.has(key));
  return path === undefined ? [] : [path];
}

function describe({ cpu, memory }: Partial<Size>): string {
  const parts = [
    cpu === undefined ? "" : `${cpu / 1024} vCPU`,
    memory === undefined ? "" : formatMemory(memory),
  ];
  return parts.filter((part) => part !== "").join(" and ");
}

/** A bare `1024` is bytes, as Compose reads it; said so, because it is seldom meant. */
function formatMemory(memory: number): string {
  if (memory < 1) return `${memory * mebibyte} bytes (a bare number is bytes)`;
  return `${Math.round(memory * 100) / 100} MiB`;
}
