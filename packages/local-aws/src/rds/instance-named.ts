import { notFound } from "../database-services/errors.ts";
import type { Call } from "../service.ts";
import { arnOf } from "./names.ts";
import type { Instance, RdsState } from "./state.ts";

/** By identifier or ARN. @throws ServiceError DBInstanceNotFound */
export function instanceNamed(state: RdsState, name: string, call: Call): Instance {
  const instance = state.instances[name] ?? state.instances[arnOf(call, "db", name)];
  if (instance === undefined) throw notFound("DBInstanceNotFound", "DBInstance", name);
  return instance;
}
