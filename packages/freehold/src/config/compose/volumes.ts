import { bytes, flag, text } from "../fields.ts";
import * as z from "../zod.ts";

/** A mount of a service, as Compose means it. */
export type Mount =
  /** A folder or file of the host. */
  | { readonly kind: "bind"; readonly source: string; readonly target: string }
  | {
      readonly kind: "named";
      readonly source: string;
      readonly target: string;
      readonly readOnly: boolean;
      /** Folder inside the volume, relative. */
      readonly subpath?: string;
    }
  /** Lives as long as its container, and begins with what the image holds there. */
  | { readonly kind: "anonymous"; readonly target: string }
  /** In memory; the size in bytes, options as `mount` takes them. */
  | {
      readonly kind: "memory";
      readonly target: string;
      readonly size?: number;
      readonly options: readonly string[];
    };

/** What is about a host or Docker's own storage; read so that a slip of the pen beside it is seen. */
const ofHome = (description: string) => z.unknown().optional().describe(description);

const longSchema = z.strictObject({
  type: z
    .enum(["bind", "volume", "tmpfs"], "must be `volume`, `bind` or `tmpfs`; Fargate mounts nothing else")
    .describe("Kind of mount."),
  source: z.string().optional().describe("Folder of the host, or the volume's name."),
  target: z.string().describe("Path inside the container."),
  read_only: flag.optional().describe("The container may only read."),
  consistency: ofHome("Means nothing on AWS."),
  bind: z
    .strictObject({
      create_host_path: ofHome("Means nothing on AWS."),
      propagation: ofHome("Means nothing on AWS."),
      recursive: ofHome("Means nothing on AWS."),
      selinux: ofHome("Means nothing on AWS."),
    })
    .optional()
    .describe("Of a folder of the host."),
  image: z
    .strictObject({ subpath: ofHome("Means nothing on AWS.") })
    .optional()
    .describe("Of a mount of type `image`, which Fargate has not."),
  volume: z
    .strictObject({
      labels: ofHome("Means nothing on AWS."),
      nocopy: ofHome("EFS is never filled from the image."),
      subpath: z
        .string()
        .regex(
          /^(?!\/)(?!(.*\/)?\.\.(\/|$))[^/]+(\/[^/]+){0,2}$/,
          "must be a folder below the volume, three deep at most",
        )
        .optional()
        .describe("Folder of the volume to mount instead of the whole."),
    })
    .optional()
    .describe("Of a named volume."),
  tmpfs: z
    .strictObject({
      size: bytes.optional().describe("Largest size; half of the task's memory where left out."),
      mode: text
        .refine((mode) => /^(?:0o?)?[0-7]{3,4}$/.test(mode), "must be in octal, as `1777`")
        .optional()
        .describe("Who may do what, in octal."),
    })
    .optional()
    .describe("Of a folder in memory."),
});

function fromLong({
  type,
  source = "",
  target,
  read_only = false,
  volume,
  tmpfs,
}: z.output<typeof longSchema>): Mount {
  if (type === "bind") return { kind: "bind", source, target };
  if (type === "tmpfs") return inMemory(target, tmpfs);
  if (source === "") return { kind: "anonymous", target };
  const subpath = volume?.subpath;
  return {
    kind: "named",
    source,
    target,
    readOnly: read_only,
    ...(subpath === undefined ? {} : { subpath }),
  };
}

function inMemory(target: string, { size, mode }: z.output<typeof longSchema>["tmpfs"] = {}): Mount {
  const options = mode === undefined ? [] : [`mode=${mode.replace("o", "")}`];
  return { kind: "memory", target, options, ...(size === undefined ? {} : { size }) };
}

/** https://docs.docker.com/reference/compose-file/services/#volumes */
export const volumesSchema = z.array(
  z.union([z.string().transform(parseMount), longSchema.transform(fromLong)]),
);

/** `[source:]target[:modes]`; a source that begins like a path is a folder of the host. A drive's letter is no source. */
export function parseMount(written: string): Mount {
  const [, source, target = "", modes = ""] =
    /^(?:((?:[A-Za-z]:[\\/])?[^:]*):)?([^:]*)(?::([^:]*))?$/.exec(written) ?? [];
  if (source === undefined) return { kind: "anonymous", target };
  if (/^([./~\\]|[A-Za-z]:[\\/])/.test(source)) return { kind: "bind", source, target };
  return { kind: "named", source, target, readOnly: modes.split(",").includes("ro") };
}

/** An entry of the file's own `volumes` (https://docs.docker.com/reference/compose-file/volumes/). */
export const namedVolumeSchema = z.looseObject({
  name: text.optional(),
  external: z.union([flag, z.looseObject({})]).optional(),
  driver: text.nullable().optional(),
  driver_opts: z.record(z.string(), text).nullable().optional(),
  labels: z.unknown().optional(),
});
