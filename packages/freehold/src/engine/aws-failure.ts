import { UserError } from "../errors.ts";

/**
 * What AWS, or the way there, refused, as the reader can mend it: forbidden, throttled, no answer, a limit of the account. Undefined
 * for everything else, which is ours (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonErrors.html).
 */
export function awsFailure(error: unknown): UserError | undefined {
  if (!(error instanceof Error)) return undefined;
  const row = rows.find(({ isIt }) => isIt(error));
  if (row === undefined) return undefined;
  const { code, hint, exitCode } = row;
  const message = `AWS answered ${error.name}: ${error.message}`;
  return new UserError({ code, subject: "AWS", message, hint }, { exitCode, cause: error });
}

interface Row {
  readonly code: string;
  readonly isIt: (error: Error) => boolean;
  readonly hint: string;
  readonly exitCode: 1 | 75;
}

const again = "Run the same command again: it goes on from what is there.";

const rows: readonly Row[] = [
  {
    code: "aws-credentials",
    isIt: named(/^(ExpiredToken|InvalidClientTokenId|UnrecognizedClient|CredentialsProvider|TokenProvider)/),
    hint: "Renew the credentials (`aws sso login`, AWS_PROFILE), then run the same command again.",
    exitCode: 1,
  },
  {
    code: "aws-forbidden",
    isIt: named(/AccessDenied|Unauthorized|NotAuthorized|AuthorizationError|^Forbidden$/),
    hint: "Let these credentials do what the message names, then run the same command again.",
    exitCode: 1,
  },
  {
    code: "aws-limit",
    isIt: named(/LimitExceeded|QuotaExceeded|TooMany(?!Requests)/),
    hint: "Ask for a higher limit in the Service Quotas console, or remove what is not needed, then run it again.",
    exitCode: 1,
  },
  {
    code: "aws-throttled",
    isIt: named(/Thrott|TooManyRequests|RequestLimitExceeded|SlowDown|BandwidthLimit/),
    hint: again,
    exitCode: 75,
  },
  {
    code: "aws-unreachable",
    isIt: (error) => isUnreachable(error) || isServerFault(error),
    hint: `Look at the network and at https://health.aws.amazon.com. ${again}`,
    exitCode: 75,
  },
];

function named(pattern: RegExp): Row["isIt"] {
  return (error) => isOfClient(error) && pattern.test(error.name);
}

/** As the SDK marks every answer of a service, and its providers of credentials. */
function isOfClient(error: Error): boolean {
  return "$fault" in error || "$metadata" in error || /^(Credentials|Token)Provider/.test(error.name);
}

function isServerFault(error: Error): boolean {
  return "$fault" in error && error.$fault === "server";
}

const networkCodes = ["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "EPIPE"];

function isUnreachable(error: Error): boolean {
  return error.name === "TimeoutError" || ("code" in error && networkCodes.includes(String(error.code)));
}
