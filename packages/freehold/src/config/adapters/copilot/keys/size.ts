import { type Becomes, inside, lost, mapped, numberOf, one, textOf, without, write } from "../treatment.ts";
import { own, type Workload, type WorkloadKey } from "../workload.ts";

const limits = ["deploy", "resources", "limits"] as const;

/** Copilot counts 1024 to a processor. */
export const cpu = one(({ value, context, place }: WorkloadKey): Becomes => {
  const units = numberOf(value);
  if (units === undefined) return without("is no number of CPU units");
  return mapped([write(own(context, ...limits, "cpus"), String(units / 1024), place)]);
});

/** In MiB. */
export const memory = one(({ value, context, place }: WorkloadKey): Becomes => {
  const mebibytes = numberOf(value);
  if (mebibytes === undefined) return without("is no number of MiB");
  return mapped([write(own(context, ...limits, "memory"), `${mebibytes}m`, place)]);
});

const windows = "only Linux containers are run";

function onPlatform({ value, context, place }: WorkloadKey): Becomes {
  const [family = "", architecture = ""] = (textOf(value) ?? "").toLowerCase().split("/");
  if (family !== "linux") return without(windows);
  return mapped([write(own(context, "platform"), `linux/${nativeArchitecture(architecture)}`, place)]);
}

function nativeArchitecture(written: string): string {
  return written.startsWith("arm") ? "arm64" : "amd64";
}

/** `linux/arm64`, or `{ osfamily, architecture }`. */
export const platform = inside<Workload>(
  {
    osfamily: one(({ value, context, place }) =>
      textOf(value)?.toLowerCase() === "linux"
        ? mapped([write(own(context, "platform"), "linux/amd64", place)])
        : without(windows),
    ),
    architecture: one(({ value, context, place }) =>
      mapped([
        write(
          own(context, "platform"),
          `linux/${nativeArchitecture((textOf(value) ?? "").toLowerCase())}`,
          place,
        ),
      ]),
    ),
  },
  onPlatform,
);

export const requestDrivenTags = lost("tags are set on the whole collection: `tags`", "*");
