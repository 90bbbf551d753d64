import { type Problem, UserError, type UserExitCode } from "../errors.ts";
import { callOf } from "./aws-call.ts";

/** What went wrong outside of us, with the way out. */
interface Reason {
  readonly code: string;
  readonly isMeant: (failure: Failure) => boolean;
  /** The rest of the message is said by whoever refused. */
  readonly says: string;
  readonly hint: string;
  /** 1 where nothing is said. */
  readonly exitCode?: UserExitCode;
}

interface Failure {
  /** As the service's API reference or errno(3) spells it. */
  readonly name: string;
  readonly message: string;
  /** A service of AWS answered. */
  readonly isAnswer: boolean;
  /** It says that the fault is its own. */
  readonly isServers: boolean;
}

const goOn = "What was done stands: run the same command again, and it goes on from there.";

const isSkewed = ({ name, message }: Failure) =>
  /^(RequestTimeTooSkewed|RequestInTheFuture)$/.test(name) ||
  /signature (?:expired|not yet current)/i.test(message);

/** The first that is meant counts. Names are those of https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonErrors.html and of each service. */
const reasons: readonly Reason[] = [
  {
    code: "clock-skew",
    isMeant: isSkewed,
    says: "This machine's clock is not AWS's, which refuses its signatures",
    hint: `Set the clock (\`timedatectl set-ntp true\`). ${goOn}`,
  },
  {
    code: "access-denied",
    isMeant: named(
      /^(AccessDenied|AuthorizationError|Unauthorized|NotAuthorized|KMSAccessDenied|Forbidden$|403$)/,
    ),
    says: "AWS does not allow it",
    hint: `Allow this action to the role or user that calls (\`aws sts get-caller-identity\` names it), or take other credentials (AWS_PROFILE). ${goOn}`,
  },
  {
    code: "no-credentials",
    isMeant: named(
      /^(ExpiredToken|RequestExpired|InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClient|SignatureDoesNotMatch|MissingAuthenticationToken|AuthFailure)/,
      /^(Credentials|Token)ProviderError$/,
    ),
    says: "AWS does not take these credentials",
    hint: `Sign in anew (\`aws sso login\`), or set AWS_PROFILE. ${goOn}`,
  },
  {
    code: "wrong-region",
    isMeant: named(
      /^(OptInRequired|RegionDisabled|PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraint)/,
    ),
    says: "AWS does not do this in this region",
    hint: `Correct \`region\` of the collection, or enable the region in the account (\`aws account enable-region\`). ${goOn}`,
  },
  {
    code: "throttled",
    isMeant: named(
      /^(EC2|Request)?Throttl/,
      /^(TooManyRequests|SlowDown|RequestLimitExceeded|BandwidthLimitExceeded|PriorRequestNotComplete)/,
    ),
    says: "AWS is too busy for it, after several tries",
    hint: `Try again later. ${goOn}`,
    exitCode: 75,
  },
  {
    code: "limit",
    isMeant: (failure) => failure.isAnswer && named(/LimitExceeded|QuotaExceeded|^TooMany/)(failure),
    says: "A limit of the account is reached",
    hint: `Ask for a higher one in the Service Quotas console, or remove what is not needed. ${goOn}`,
  },
  {
    code: "aws-fault",
    isMeant: (failure) =>
      failure.isServers ||
      named(/^(ServiceUnavailable|Internal(Failure|Server|Error|Service)|ServerException)/)(failure),
    says: "AWS itself fails, after several tries",
    hint: `Look at https://health.aws.amazon.com, and try again later. ${goOn}`,
    exitCode: 75,
  },
  {
    code: "no-network",
    isMeant: named(
      /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)$/,
      /^(TimeoutError|NetworkingError)$/,
    ),
    says: "AWS cannot be reached",
    hint: `Check the network, and AWS_ENDPOINT_URL where it is set (\`freehold local start\` starts this laptop's endpoint). ${goOn}`,
    exitCode: 75,
  },
  {
    code: "disk-full",
    isMeant: named(/^(ENOSPC|EDQUOT)$/),
    says: "The disk is full",
    hint: `Free some space (\`df -h\`, \`docker system df\`). ${goOn}`,
  },
  {
    code: "not-writable",
    isMeant: named(/^(EACCES|EROFS|EPERM)$/),
    says: "Freehold may not write or read there",
    hint: `Give the user who runs it the rights to this path. ${goOn}`,
  },
];

function named(...patterns: readonly RegExp[]): Reason["isMeant"] {
  return ({ name }) => patterns.some((pattern) => pattern.test(name));
}

/** The failure as the user can mend it, where it came from outside; what is unknown stays what it is. */
export function inUsersWords(error: unknown): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const reason = reasonOf(error);
  return reason === undefined ? error : told(reason, error);
}

/** Whether AWS refuses because this machine's clock goes wrong. */
export function isClockSkew(error: unknown): boolean {
  return error instanceof Error && isSkewed(failureOf(error));
}

/** A failure that a verb tells in words of its own, with the way out of its cause where that is the better one. */
export function tellOwn(problem: Problem & { readonly hint: string }, cause: unknown): UserError {
  const { hint, exitCode } = wayOut(cause, problem.hint);
  return new UserError({ ...problem, hint }, { cause, exitCode });
}

/** The way out that is given, unless the cause passes by itself, with exit code 75 then, or is this machine's clock. */
export function wayOut(cause: unknown, hint: string): WayOut {
  const reason = cause instanceof Error ? reasonOf(cause) : undefined;
  const isBetter = reason?.exitCode === 75 || reason?.code === "clock-skew";
  return isBetter ? { hint: reason.hint, exitCode: reason.exitCode ?? 1 } : { hint, exitCode: 1 };
}

export interface WayOut {
  readonly hint: string;
  readonly exitCode: UserExitCode;
}

function reasonOf(error: Error): Reason | undefined {
  const failure = failureOf(error);
  return reasons.find(({ isMeant }) => isMeant(failure));
}

function told({ code, says, hint, exitCode = 1 }: Reason, cause: Error): UserError {
  const { name, message } = failureOf(cause);
  const call = callOf(cause);
  const about = call?.resource === undefined || message.includes(call.resource) ? "" : ` (${call.resource})`;
  const subject = call === undefined ? "" : `${call.action}${about}`;
  return new UserError({ code, subject, message: `${says}: ${message || name}`, hint }, { cause, exitCode });
}

/** A system error is known by its code, one of AWS by its name. Several tries of one connection are one failure. */
function failureOf(error: Error): Failure {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  if (first instanceof Error) return failureOf(first);
  const code: unknown = "code" in error ? error.code : undefined;
  const isSystem = typeof code === "string" && /^E[A-Z_]+$/.test(code);
  return {
    name: isSystem ? code : error.name,
    message: error.message,
    // As the SDK marks every answer of a service.
    isAnswer: "$fault" in error || "$metadata" in error,
    isServers: "$fault" in error && error.$fault === "server",
  };
}
