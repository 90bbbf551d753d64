import type { Emit } from "../events.ts";
import type { Ports } from "../ports.ts";
import { step } from "../step.ts";
import type { Target } from "../target.ts";
import { bindingCredentials } from "./binding.ts";
import { cacheCredentials } from "./cache.ts";
import { databaseCredentials } from "./database.ts";

export interface CredentialsRequest {
  readonly target: Target;
  readonly parent?: string;
}

/**
 * Fills the secrets that provisioning made empty: a password for each database role, a token for each cache (set on the cache
 * as well), and for each service its bound variables composed of them. What is there already stays. Runs after provisioning
 * and before any task starts; no value is in an event, an error or a record.
 */
export async function credentials(request: CredentialsRequest, ports: Ports, emit: Emit): Promise<void> {
  const { target } = request;
  const parent = request.parent === undefined ? {} : { parent: request.parent };
  const title = "Set the managed credentials";
  await step({ id: "credentials", title, ...parent }, ports, emit, async (report) => {
    const databases = await databaseCredentials(target.outputs, ports);
    const caches = await cacheCredentials(target.outputs, report, ports);
    const passwords = new Map([...databases.passwords, ...caches.passwords]);
    const written = databases.written + caches.written + (await bindingCredentials(target, passwords, ports));
    report.end(
      written === 0 ? { outcome: "unchanged" } : { outcome: "done", detail: `${written} secrets written` },
    );
  });
}
