import { text as readAll } from "node:stream/consumers";
import { Secret } from "../../engine/secrets/value.ts";
import { listSecrets as readNames, setSecret as writeOne } from "../../engine/secrets.ts";
import { UserError } from "../../errors.ts";
import { askUnseen } from "../../ports/questions.ts";
import { withEnvironment } from "../environment-session.ts";
import type { CommonOptions, EnvironmentOptions } from "../options.ts";
import { print } from "../print.ts";
import { renderTable } from "../render/table.ts";

export async function setSecret(name: string, options: EnvironmentOptions): Promise<void> {
  const done = await withEnvironment(
    { verb: "secrets set", environment: options.environment, options },
    async ({ request, ports }) => writeOne({ ...request, name, value: await readValue(name) }, ports),
  );
  if (options.json === true) return;
  const reach = done.isDeclared
    ? "containers see it from the next release on"
    : "no service declares it (x-freehold.secrets)";
  print([`${name} is set in ${done.environment}; ${reach}`]);
}

/** The value from standard input, without the line end that `echo` adds; what a person types is not shown. */
async function readValue(name: string): Promise<Secret> {
  const { stdin: input, stderr: output } = process;
  const value = input.isTTY
    ? await askUnseen(`Value of ${name}, which is not shown; Ctrl-D on a line of its own ends it:`, {
        input,
        output,
      })
    : (await readAll(input)).replace(/\r?\n$/, "");
  if (value !== "") return new Secret(value);
  const hint = `Pipe it in: \`printf %s "$VALUE" | freehold secrets set ${name}\``;
  throw new UserError(
    { code: "no-value", subject: name, message: "There was no value on standard input.", hint },
    { exitCode: 2 },
  );
}

export async function listSecrets(environment: string | undefined, options: CommonOptions): Promise<void> {
  const found = await withEnvironment({ verb: "secrets ls", environment, options }, ({ request, ports }) =>
    readNames(request, ports),
  );
  if (options.json === true) return;
  const rows = found.secrets.map((one) => [one.name, one.isSet ? "set" : "not set", one.services.join(", ")]);
  print(rows.length === 0 ? ["no service declares a secret"] : renderTable(rows));
}
