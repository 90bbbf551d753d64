import type { Collection } from "../app/application.ts";
import { UserError } from "../errors.ts";
import { isErrorNamed } from "./error-name.ts";
import { inUsersWords, isClockSkew, tellOwn } from "./outside-failure.ts";
import type { Ports } from "./ports.ts";

/**
 * The account that the credentials belong to (STS GetCallerIdentity). Fails closed: no answer, the root user, or another
 * account than the file names stops the verb.
 */
export async function callerAccount(collection: Collection, ports: Ports): Promise<string> {
  const { Account, Arn = "" } = await askIdentity(ports);
  if (Account === undefined) throw noIdentity("the answer names no account");
  if (/^arn:[^:]+:iam::\d+:root$/.test(Arn)) {
    const hint = "Use an IAM role or user, or IAM Identity Center (`aws configure sso`).";
    throw new UserError({
      code: "root-credentials",
      subject: Arn,
      message: "These are the account's root credentials.",
      hint,
    });
  }
  if (collection.account !== undefined && collection.account !== Account) {
    throw new UserError({
      code: "wrong-account",
      subject: `x-freehold.collections.${collection.name}.account`,
      message: `The file says account ${collection.account}, the credentials are of ${Account}.`,
      hint: "Choose the right profile (AWS_PROFILE), or correct the file.",
    });
  }
  return Account;
}

async function askIdentity(
  ports: Ports,
): Promise<{ readonly Account?: string | undefined; readonly Arn?: string | undefined }> {
  try {
    return await (await ports.aws.sts()).getCallerIdentity({});
  } catch (cause) {
    if (isClockSkew(cause)) throw inUsersWords(cause);
    throw noIdentity(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** Errors of credentials that are not there, or no longer good. */
const noCredentials = [
  "CredentialsProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "TokenProviderError",
];

function noIdentity(why: string, cause?: unknown): UserError {
  if (isErrorNamed(cause, ...noCredentials)) {
    const message = `There are none that work: ${why}`;
    const hint = "Run `aws configure sso` or set AWS_PROFILE; for a try on this laptop add --local.";
    return tellOwn({ code: "no-credentials", subject: "AWS credentials", message, hint }, cause);
  }
  const message = `AWS does not say who calls: ${why}`;
  const hint =
    "Check the region, AWS_ENDPOINT_URL and the network; on this laptop `freehold local start` starts the endpoint.";
  return tellOwn({ code: "no-identity", subject: "AWS", message, hint }, cause);
}
