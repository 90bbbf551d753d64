import { isSecretId } from "../../../variables.ts";
import {
  type Becomes,
  each,
  inside,
  listed,
  lost,
  mapped,
  one,
  type Treat,
  textOf,
  without,
  write,
} from "../treatment.ts";
import { own, setting, type Workload, type WorkloadKey } from "../workload.ts";
import { asItIs } from "./image.ts";

function plain({ name, value, context }: WorkloadKey): Becomes {
  if (textOf(value) === undefined) return without("has no value");
  return mapped([{ path: own(context, "environment", name), value }]);
}

const exported = "nothing is read from exports of CloudFormation";

/** Plain values, or what a CloudFormation stack exports. */
export const variables = each(inside<Workload>({ from_cfn: lost(`${exported}; write the value`) }, plain));

/** What a person has to do with a value that is kept where Freehold reads none. */
function given({ name, context, place }: WorkloadKey, from: string, called = name): Becomes {
  const message = `the value of ${called} is in ${from}; give it to Freehold once: \`freehold secrets set ${called}\``;
  return mapped([listed(setting(context, "secrets"), [name], place)], message);
}

/** One message for all that Copilot keeps under a path of their own, so that it is said once. */
function parameter(written: WorkloadKey): Becomes {
  const id = textOf(written.value) ?? "";
  if (!id.endsWith(`/${written.name}`)) return given(written, `the parameter \`${id}\` of SSM`);
  return given(written, `the parameter \`${id.slice(0, -written.name.length)}NAME\` of SSM`, "NAME");
}

/** A secret of Secrets Manager stays where it is (`name`, `name:field::`, or its ARN with the same). */
function kept(written: WorkloadKey): Becomes {
  const id = (textOf(written.value) ?? "").replaceAll("'", "");
  const [, secret = "", key = ""] =
    /^(arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:[^:]+|[^:]+)(?::([^:]*).*)?$/.exec(id) ?? [];
  const plain = secret.replaceAll(/\$\{[A-Za-z_]+\}/g, "x");
  if (!isSecretId(plain)) return given(written, `the secret \`${id}\` of Secrets Manager`);
  const { name, context, place } = written;
  const at = setting(context, "variables", name);
  return mapped([
    write([...at, "secret"], secret, place),
    ...(key === "" ? [] : [write([...at, "key"], key, place)]),
  ]);
}

/** The variable is the key around `secretsmanager`. */
function inMap(treat: Treat<Workload>) {
  return one<Workload>((written) =>
    named(treat)({ ...written, name: written.key.split(".").at(-2) ?? written.name }),
  );
}

/** Copilot takes names that no shell does. */
function named(treat: Treat<Workload>): Treat<Workload> {
  return (written) =>
    /^[A-Za-z_]\w*$/.test(written.name)
      ? treat(written)
      : without("a variable's name has letters, digits and underscores here");
}

/** https://aws.github.io/copilot-cli/docs/developing/secrets/ */
export const secrets = each(
  inside<Workload>(
    {
      secretsmanager: inMap(kept),
      from_cfn: inMap((written) =>
        given(written, `what the export \`${textOf(written.value)}\` of CloudFormation names`),
      ),
    },
    named((written) =>
      (textOf(written.value) ?? "").includes(":secretsmanager:") ? kept(written) : parameter(written),
    ),
  ),
);

export const envFile = asItIs("env_file");
