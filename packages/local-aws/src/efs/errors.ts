import { ServiceError } from "../service.ts";

type Missing = "FileSystemNotFound" | "MountTargetNotFound" | "AccessPointNotFound" | "PolicyNotFound";
type Conflict =
  | "AccessPointAlreadyExists"
  | "FileSystemAlreadyExists"
  | "FileSystemInUse"
  | "MountTargetConflict";

/** Errors by the shapes of https://docs.aws.amazon.com/efs/latest/ug/API_Operations.html; each says its code once more. */
function refusal(code: string, message: string, status: number, members = {}): ServiceError {
  return new ServiceError(code, message, status, { ErrorCode: code, Message: message, ...members });
}

export function badRequest(message: string): ServiceError {
  return refusal("BadRequest", message, 400);
}

export function notFound(code: Missing, message: string): ServiceError {
  return refusal(code, message, 404);
}

/** @param members further members of the error's shape, e.g. the id of what is there already. */
export function conflict(
  code: Conflict,
  message: string,
  members: Readonly<Record<string, string>> = {},
): ServiceError {
  return refusal(code, message, 409, members);
}

export function groupLimit(): ServiceError {
  return refusal(
    "SecurityGroupLimitExceeded",
    "The maximum number of security groups per interface has been reached.",
    400,
  );
}

export function subnetNotFound(subnetId: string): ServiceError {
  return refusal("SubnetNotFound", `The subnet ID '${subnetId}' does not exist`, 400);
}

export function groupNotFound(message: string): ServiceError {
  return refusal("SecurityGroupNotFound", message, 400);
}
