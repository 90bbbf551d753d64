import { destroyCollection } from "../../engine/destroy/collection.ts";
import type { Destroyed } from "../../engine/destroy/kept.ts";
import { destroyEnvironment } from "../../engine/destroy.ts";
import { withEnvironment } from "../environment-session.ts";
import type { CommonOptions } from "../options.ts";
import { print } from "../print.ts";
import { destroyedIn, runWith } from "../run.ts";
import { withSession } from "../session.ts";

export async function destroy(
  environment: string | undefined,
  options: CommonOptions & { readonly collection?: string },
): Promise<void> {
  const result =
    options.collection === undefined
      ? await ofEnvironment(environment, options)
      : await ofCollection(options.collection, options);
  if (options.json === true) return;
  print(
    result.kept.length === 0
      ? ["removed; nothing is left"]
      : ["removed; kept on purpose:", ...result.kept.map(({ subject, reason }) => `  ${subject}: ${reason}`)],
  );
}

function ofEnvironment(environment: string | undefined, options: CommonOptions): Promise<Destroyed> {
  return withEnvironment({ verb: "destroy", environment, options }, async ({ request, ports, emit }) =>
    destroyedIn(await destroyEnvironment(request, ports, emit), runWith(options, environment)),
  );
}

function ofCollection(collection: string, options: CommonOptions): Promise<Destroyed> {
  return withSession(
    {
      verb: "destroy",
      target: collection,
      options,
      region: (application) =>
        application.collections.find((one) => one.name === collection)?.region ?? "us-east-1",
    },
    async ({ application, ports, emit, signal }) =>
      destroyedIn(
        await destroyCollection({ application, collection, signal }, ports, emit),
        runWith(options),
      ),
  );
}
