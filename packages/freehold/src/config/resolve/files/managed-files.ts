import { givenFilesSchema } from "../../compose/given-files.ts";
import { volumesSchema } from "../../compose/volumes.ts";
import { isNamedLikeFile } from "../../disk.ts";
import type { Findings } from "../../findings.ts";
import { partAt, type Tree, toValue } from "../../yaml/tree.ts";
import type { Draft } from "../draft.ts";

/** Files of configuration that the container of a managed resource has at home: AWS keeps settings of its own. */
export function noteFilesOfHome({ service, subject }: Draft, findings: Findings): void {
  const mounts = volumesSchema.safeParse(written(partAt(service, ["volumes"]))).data ?? [];
  const bound = mounts.flatMap((mount) =>
    mount.kind === "bind" && isNamedLikeFile(mount.source) && !isFirstScript(mount.target)
      ? [mount.source]
      : [],
  );
  const configs = givenFilesSchema.safeParse(written(partAt(service, ["configs"]))).data ?? [];
  const names = [...bound, ...configs.map(({ source }) => source)];
  if (names.length === 0) return;
  const message = `${names.join(", ")}: for the container at home alone; what AWS manages keeps settings of its own`;
  findings.note(`${subject}.${bound.length > 0 ? "volumes" : "configs"}`, message);
}

function written(part: Tree | undefined): unknown {
  return part === undefined ? [] : toValue(part);
}

/** Told apart: what they do is done another way. */
function isFirstScript(target: string): boolean {
  return target.startsWith("/docker-entrypoint-initdb.d");
}
