import type { Size } from "../../app/application.ts";
import { defaultSize, fargateSize, fargateSizes, formatSize } from "../../app/sizes.ts";
import type { Place } from "../../errors.ts";
import type { ComposeService } from "../compose/service.ts";
import type { Findings } from "../findings.ts";
import { placeAt, type Section } from "../yaml/tree.ts";

const mebibyte = 1024 * 1024;

interface Sized {
  readonly compose: ComposeService;
  readonly service: Section;
  readonly settings: Section;
  readonly subject: string;
}

/** What the settings under `x-freehold` say of it. */
interface OwnSize {
  readonly cpus?: number | undefined;
  readonly memory?: number | undefined;
}

/** The Fargate size of a task: what the file asks for, raised to the next there is. */
export function taskSize(draft: Sized, own: OwnSize, findings: Findings): Size {
  const { subject } = draft;
  const asked = askedSize(draft.compose, own);
  const size = fargateSize(asked);
  if (size === undefined) {
    const largest = fargateSizes.at(-1) ?? defaultSize;
    const message = `asks for ${describe(asked)}; a Fargate task has ${formatSize(largest)} at most`;
    findings.problem({ code: "size", subject, message, place: sizePlace(draft, own) });
    return largest;
  }
  const isRaised = (asked.cpu ?? size.cpu) < size.cpu || (asked.memory ?? size.memory) < size.memory;
  if (isRaised)
    findings.note(subject, `asks for ${describe(asked)}; the next size on Fargate is ${formatSize(size)}`);
  return size;
}

/** CPU units and MiB: the own setting counts, then the limit, then the reservation. */
function askedSize(compose: ComposeService, own: OwnSize): Partial<Size> {
  const resources = compose.deploy?.resources;
  const processors = own.cpus ?? resources?.limits?.cpus ?? compose.cpus ?? resources?.reservations?.cpus;
  const bytes =
    own.memory ??
    resources?.limits?.memory ??
    compose.mem_limit ??
    resources?.reservations?.memory ??
    compose.mem_reservation;
  // Nought is Docker's word for no limit.
  return {
    ...(processors ? { cpu: Math.ceil(processors * 1024) } : {}),
    ...(bytes ? { memory: bytes / mebibyte } : {}),
  };
}

function sizePlace({ service, settings }: Sized, own: OwnSize): Place {
  const setting = own.memory === undefined ? (own.cpus === undefined ? undefined : "cpus") : "memory";
  if (setting !== undefined) return placeAt(settings, [setting]);
  const key = ["deploy", "mem_limit", "cpus"].find((one) => service.entries.has(one));
  return placeAt(service, key === undefined ? [] : [key]);
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
