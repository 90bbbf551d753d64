import type { Resource } from "../policy.ts";
import type { Call, Demand, Facts } from "./call.ts";
import type { Catalogue } from "./catalogue.ts";
import type { ServiceCalls, Wanted } from "./service-calls.ts";
import { callsOf } from "./services.ts";

/** Everything that the caller's policies must allow for a call; undefined where AWS has no action for it that we know. */
export async function demandsOf(
  call: Call,
  catalogue: Catalogue,
  facts: Facts,
): Promise<readonly Demand[] | undefined> {
  const calls = callsOf(call.model);
  const keys = calls.keys?.(call) ?? {};
  const own = await ownDemands(call, calls, catalogue, facts);
  const further = (await calls.further?.[call.operation]?.(call, facts)) ?? [];
  // Nothing to allow is right only where the table says so.
  const isFree = calls.actions?.[call.operation]?.length === 0;
  return own === undefined || (own.length === 0 && !isFree)
    ? undefined
    : [...own, ...further.map(demandOf)].map((demand) => ({ ...demand, keys: { ...keys, ...demand.keys } }));
}

async function ownDemands(
  call: Call,
  calls: ServiceCalls,
  catalogue: Catalogue,
  facts: Facts,
): Promise<readonly Demand[] | undefined> {
  const whole = calls.whole?.[call.operation];
  if (whole !== undefined) return (await whole(call, facts))?.map(demandOf);
  const names = calls.actions?.[call.operation] ?? [call.operation];
  const each = await Promise.all(names.map((name) => demandsOfAction(name, call, calls, catalogue, facts)));
  return each.every((one) => one !== undefined) ? each.flat() : undefined;
}

function demandOf({ action, arn, keys = {} }: Wanted): Demand {
  return { action, resource: { kind: "arn", arn }, keys };
}

async function demandsOfAction(
  name: string,
  call: Call,
  calls: ServiceCalls,
  catalogue: Catalogue,
  facts: Facts,
): Promise<readonly Demand[] | undefined> {
  const known = await catalogue.actionOf(calls.prefix, name);
  if (known === undefined) return undefined;
  const action = `${calls.prefix}:${name}`;
  const on = (resource: Resource): Demand => ({ action, resource, keys: {} });
  if (known.types.length === 0) return [on({ kind: "arn", arn: "*" })];
  const found = await Promise.all(
    known.types.map(async (type) => ({ ...type, arns: await calls.readers[type.name]?.(call, facts) })),
  );
  const arns = found.flatMap((type) => type.arns ?? []);
  const isNamed = arns.length > 0;
  const open = found.filter(({ arns: own, required }) => {
    if (own === undefined) return required || !isNamed;
    return own.length === 0 && required && !(isNamed && calls.areAlternatives === true);
  });
  const unknown = open.map((type) =>
    on({
      kind: "unknown",
      reason: `local-aws cannot tell the ${type.name} of ${call.model}.${call.operation}`,
    }),
  );
  if (unknown.length === 0 && !isNamed) return [on({ kind: "arn", arn: "*" })];
  return [...arns.map((arn) => on(inPlace(arn, call))), ...unknown];
}

/** A server looks in its own region, whatever region an ARN in its input says. */
function inPlace(arn: string, { place }: Call): Resource {
  const region = arn.split(":")[3] ?? "";
  if (region === "" || region === place.region) return { kind: "arn", arn };
  return { kind: "unknown", reason: `${arn} is not in the region that the call is signed for` };
}
