import { partAt } from "../../../yaml/tree.ts";
import {
  each,
  inside,
  isTrue,
  lost,
  mapped,
  noted,
  notes,
  one,
  textOf,
  without,
  write,
} from "../treatment.ts";
import { setting, type Workload, type WorkloadKey } from "../workload.ts";

/** A site is one folder here; the first that is given is it. */
const file = inside<Workload>({
  source: one(({ key, value, context, place }: WorkloadKey) => {
    if (!/\[0\]\.source$/.test(key))
      return without("a site is one folder; put the files of all into the first");
    const folder = textOf(value) ?? ".";
    const isFile =
      /\.[A-Za-z0-9]+$/.test(folder) &&
      textOf(partAt(context.manifest, ["files", 0, "recursive"])) !== "true";
    if (isFile) return without("a site is a folder; name the one the file is in");
    return mapped(
      [write(setting(context, "output"), folder, place)],
      "nothing is built before; `build` may name a command",
    );
  }),
  recursive: one(({ value }) =>
    isTrue(value) ? noted("folders are taken whole") : without("folders are taken whole"),
  ),
  destination: lost("files are found under the names they have in the folder"),
  exclude: lost("every file of the folder is published: keep others out of it"),
  reinclude: notes("nothing is left out that would have to come back"),
});

/** https://aws.github.io/copilot-cli/docs/manifest/static-site/#files */
export const files = each(file);
