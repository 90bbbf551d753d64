import { z } from "zod";

export interface Mount {
  readonly kind: "bind" | "named" | "anonymous";
  /** Folder of the host, or the volume's name; empty for an anonymous one. */
  readonly source: string;
  readonly target: string;
}

const long = z
  .looseObject({
    type: z.enum(["bind", "volume", "tmpfs", "npipe", "cluster", "image"]).describe("Kind of mount."),
    source: z.string().optional().describe("Folder of the host, or the volume's name."),
    target: z.string().describe("Path inside the container."),
  })
  .transform((value): Mount => {
    const source = value.source ?? "";
    const kind =
      value.type === "bind" ? "bind" : value.type === "volume" && source !== "" ? "named" : "anonymous";
    return { kind, source, target: value.target };
  });

/** https://docs.docker.com/reference/compose-file/services/#volumes */
export const volumesSchema = z.array(z.union([z.string().transform(parseMount), long]));

/** `[source:]target[:mode]`; a source that begins like a path is a folder of the host. */
function parseMount(text: string): Mount {
  const [first = "", second] = text.split(":");
  if (second === undefined) return { kind: "anonymous", source: "", target: first };
  return { kind: /^[./~]/.test(first) ? "bind" : "named", source: first, target: second };
}
