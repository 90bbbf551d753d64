import { exposeSchema, portsSchema } from "../compose/ports.ts";
import { privateSchema } from "../private.ts";
import { partAt, type Section, type Tree, toValue } from "../yaml/tree.ts";

/**
 * TCP ports at which the containers of a draft may be called: that of its traffic first, where it is known. Those at which others
 * call it count where it declares none.
 */
export function portsIn({
  service,
  settings,
  calledAt,
}: {
  readonly service?: Section;
  readonly settings: Section;
  readonly calledAt: readonly number[];
}): readonly number[] {
  const chosen = privateSchema.shape.port.safeParse(written(partAt(settings, ["port"]))).data ?? [];
  const published = portsSchema.safeParse(written(partAt(service, ["ports"]))).data ?? [];
  const exposed = exposeSchema.safeParse(written(partAt(service, ["expose"]))).data ?? [];
  const tcp = published.filter(({ protocol }) => protocol === "tcp").map(({ target }) => target);
  const declared = [...new Set([chosen, tcp, exposed].flat())].filter((port) => port > 0);
  return declared.length > 0 ? declared : calledAt;
}

function written(part: Tree | undefined): unknown {
  return part === undefined ? undefined : toValue(part);
}
