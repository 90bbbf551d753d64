import { type Becomes, each, inside, listed, lost, mapped, one, textOf, without } from "../treatment.ts";
import { own, setting, type Workload, type WorkloadKey } from "../workload.ts";
import { asItIs } from "./image.ts";

function plain({ name, value, context }: WorkloadKey): Becomes {
  if (textOf(value) === undefined) return without("has no value");
  return mapped([{ path: own(context, "environment", name), value }]);
}

const exported = "nothing is read from exports of CloudFormation";

/** Plain values, or what a CloudFormation stack exports. */
export const variables = each(inside<Workload>({ from_cfn: lost(`${exported}; write the value`) }, plain));

function secret(where: (value: string) => string) {
  return ({ name, value, context, place }: WorkloadKey): Becomes => {
    const from = where(textOf(value) ?? "");
    const message = `the value is in ${from}; give it to Freehold once: \`freehold secrets set ${name}\``;
    return mapped([listed(setting(context, "secrets"), [name], place)], message);
  };
}

/** The variable is the key around `secretsmanager`. */
function inMap(where: (value: string) => string) {
  return one(
    (written: WorkloadKey): Becomes =>
      secret(where)({ ...written, name: written.key.split(".").at(-2) ?? written.name }),
  );
}

/** https://aws.github.io/copilot-cli/docs/developing/secrets/ */
export const secrets = each(
  inside<Workload>(
    {
      secretsmanager: inMap((id) => `the secret \`${id}\` of Secrets Manager`),
      from_cfn: inMap((name) => `what the export \`${name}\` of CloudFormation names`),
    },
    secret((id) =>
      id.includes(":secretsmanager:")
        ? `the secret \`${id.replaceAll("'", "")}\` of Secrets Manager`
        : `the parameter \`${id}\` of SSM`,
    ),
  ),
);

export const envFile = asItIs("env_file");
