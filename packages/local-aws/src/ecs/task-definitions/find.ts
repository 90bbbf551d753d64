import { lastPart } from "../arns.ts";
import { clientError } from "../errors.ts";
import type { EcsState } from "../state.ts";
import type { TaskDefinition } from "./task-definition.ts";

/** By ARN, `family:revision`, or family (its newest active revision). */
export function findTaskDefinition(state: EcsState, reference: string): TaskDefinition | undefined {
  const [family = "", revision] = lastPart(reference).split(":");
  const ofFamily = Object.values(state.taskDefinitions).filter((one) => one.family === family);
  if (revision !== undefined) return ofFamily.find((one) => String(one.revision) === revision);
  return ofFamily
    .filter(({ status }) => status === "ACTIVE")
    .reduce<TaskDefinition | undefined>(
      (newest, one) => (newest && newest.revision > one.revision ? newest : one),
      undefined,
    );
}

/** The definition that tasks may be started from. @throws ClientException when it is not there or not active */
export function activeTaskDefinition(state: EcsState, reference: string): TaskDefinition {
  const found = findTaskDefinition(state, reference);
  if (found === undefined) throw clientError("TaskDefinition not found.");
  if (found.status !== "ACTIVE") throw clientError("TaskDefinition is inactive");
  return found;
}
