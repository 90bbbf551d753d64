import { type Problem, UserError, type UserExitCode } from "../errors.ts";
import { callOf } from "./aws-call.ts";

/** What went wrong outside of us, with the way out; the rest of the message is said by whoever refused. */
interface Reason {
  readonly code: string;
  readonly isMeant: (error: Failure) => boolean;
  readonly message: (error: Failure) => string;
  readonly hint: string;
  readonly exitCode?: UserExitCode;
}

interface Failure {
  /** As the service's API reference or errno(3) spells it. */
  readonly name: string;
  readonly message: string;
}

const goOn = "What was done stands: run the same command again, and it goes on from there.";

const named =
  (...names: readonly string[]) =>
  ({ name }: Failure) =>
    names.includes(name);

const isSkewed = ({ name, message }: Failure) =>
  named("RequestTimeTooSkewed", "RequestInTheFuture")({ name, message }) ||
  /signature (?:expired|not yet current)/i.test(message);

const reasons: readonly Reason[] = [
  {
    code: "clock-skew",
    isMeant: isSkewed,
    message: ({ message }) => `This machine's clock is not AWS's, which refuses its signatures: ${message}`,
    hint: `Set the clock (\`timedatectl set-ntp true\`). ${goOn}`,
  },
  {
    code: "access-denied",
    isMeant: named(
      ...["AccessDenied", "AccessDeniedException", "AuthorizationError", "AuthorizationErrorException"],
      ...["UnauthorizedOperation", "Forbidden", "403", "KMSAccessDeniedException"],
    ),
    message: ({ message }) => `AWS does not allow it: ${message}`,
    hint: `Allow this action to the role or user that calls (\`aws sts get-caller-identity\` names it), or take other credentials (AWS_PROFILE). ${goOn}`,
  },
  {
    code: "no-credentials",
    isMeant: named(
      ...[
        "ExpiredToken",
        "ExpiredTokenException",
        "RequestExpired",
        "InvalidClientTokenId",
        "InvalidAccessKeyId",
      ],
      ...["UnrecognizedClientException", "CredentialsProviderError", "TokenProviderError", "AuthFailure"],
    ),
    message: ({ message }) => `AWS takes these credentials no longer: ${message}`,
    hint: `Sign in anew (\`aws sso login\`), or set AWS_PROFILE. ${goOn}`,
  },
  {
    code: "throttled",
    isMeant: named(
      ...["Throttling", "ThrottlingException", "ThrottledException", "TooManyRequestsException", "SlowDown"],
      ...["RequestLimitExceeded", "ServiceUnavailable", "ServiceUnavailableException", "InternalFailure"],
      ...["InternalServerError", "InternalServerException", "InternalError", "ServerException"],
    ),
    message: ({ name, message }) => `AWS is too busy, after several tries: ${message || name}`,
    hint: `Try again later. ${goOn}`,
    exitCode: 75,
  },
  {
    code: "no-network",
    isMeant: named(
      ...["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"],
      ...["EPIPE", "TimeoutError", "NetworkingError"],
    ),
    message: ({ message }) => `AWS cannot be reached: ${message}`,
    hint: `Check the network, and AWS_ENDPOINT_URL where it is set (\`freehold local start\` starts this laptop's endpoint). ${goOn}`,
    exitCode: 75,
  },
  {
    code: "disk-full",
    isMeant: named("ENOSPC", "EDQUOT"),
    message: ({ message }) => `The disk is full: ${message}`,
    hint: `Free some space (\`df -h\`, \`docker system df\`). ${goOn}`,
  },
  {
    code: "not-writable",
    isMeant: named("EACCES", "EROFS", "EPERM"),
    message: ({ message }) => `Freehold may not write or read there: ${message}`,
    hint: `Give the user who runs it the rights to this path. ${goOn}`,
  },
];

/** The failure as the user can mend it, where it came from outside; what is unknown stays what it is. */
export function inUsersWords(error: unknown): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const failure = failureOf(error);
  const reason = reasons.find(({ isMeant }) => isMeant(failure));
  return reason === undefined ? error : told(reason, failure, error);
}

/** Whether AWS refuses because this machine's clock goes wrong. */
export function isClockSkew(error: unknown): boolean {
  return error instanceof Error && isSkewed(failureOf(error));
}

function told({ code, message, hint, exitCode = 1 }: Reason, failure: Failure, cause: Error): UserError {
  const call = callOf(cause);
  const about =
    call?.resource === undefined || failure.message.includes(call.resource) ? "" : ` (${call.resource})`;
  const subject = call === undefined ? "" : `${call.action}${about}`;
  const problem: Problem = { code, subject, message: message(failure), hint };
  return new UserError(problem, { cause, exitCode });
}

/** A system error is known by its code, one of AWS by its name. Several tries of one connection are one failure. */
function failureOf(error: Error): Failure {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  if (first instanceof Error) return failureOf(first);
  const code: unknown = "code" in error ? error.code : undefined;
  const isSystem = typeof code === "string" && /^E[A-Z_]+$/.test(code);
  return { name: isSystem ? code : error.name, message: error.message };
}
