import type { Ports, Question } from "../ports.ts";
import { outputsOf, type Surroundings } from "../surroundings.ts";
import { readHistory } from "./store.ts";

/**
 * What `up` asks before it changes anything: once for all, whether only code has changed or the account as well.
 *
 * @param changes number of changes in the account.
 */
export async function upQuestion(around: Surroundings, changes: number, ports: Ports): Promise<Question> {
  const environment = `${around.collection.name}/${around.environment.name}`;
  if (changes > 0) {
    const these = changes === 1 ? "this change" : `these ${changes} changes`;
    return { kind: "infrastructure", text: `Make ${these}, then release to ${environment}?` };
  }
  const [live, head] = await Promise.all([liveRelease(around, ports), ports.git.head(ports.files.project)]);
  const commit = head === undefined ? "" : ` ${head.commit.slice(0, 10)}`;
  const uncommitted = head?.isDirty === true ? " with uncommitted changes" : "";
  const instead = live === undefined ? "" : `, in place of ${live}`;
  return { kind: "release", text: `Release${commit}${uncommitted} to ${environment}${instead}?` };
}

async function liveRelease(around: Surroundings, ports: Ports): Promise<string | undefined> {
  if (around.shared.kind !== "complete" || outputsOf(around) === undefined) return undefined;
  const shelf = { bucket: around.shared.outputs.artifact_bucket, environment: around.environment.name };
  return (await readHistory(shelf, ports)).live?.id;
}
