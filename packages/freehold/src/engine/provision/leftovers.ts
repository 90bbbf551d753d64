import type { Emit } from "../events.ts";
import type { Ports, StackPlace } from "../ports.ts";

/** Where earlier versions worked: in the project, where its author may have put anything. */
const oldFolder = ".freehold";

/** Removes what ended runs left on this machine, and notes what only the person can remove or bring to its end. */
export async function noteLeftovers(
  places: readonly StackPlace[],
  { files, work }: Ports,
  emit: Emit,
): Promise<void> {
  if (await files.exists(`${files.project}/${oldFolder}`))
    emit({ type: "note", subject: oldFolder, message: "is no longer used or read, and can be deleted" });
  for (const place of places)
    for (const { folder, file } of await work.sweep(place)) {
      const push = `terraform -chdir=${folder} state push ${file}`;
      const message = `holds a state that an earlier run could not save in s3://${place.bucket}/${place.key}. Push it with \`${push}\`, then delete the folder ${folder}`;
      emit({ type: "note", subject: `${folder}/${file}`, message });
    }
}
