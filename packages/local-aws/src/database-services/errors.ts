import { ServiceError } from "../service.ts";

/** Errors by the codes that RDS and ElastiCache share (their API references, Common Errors). */
export function notFound(code: string, what: string, name: string): ServiceError {
  return new ServiceError(code, `${what} ${name} not found.`, 404);
}

export function alreadyExists(code: string, what: string, name: string): ServiceError {
  return new ServiceError(code, `${what} ${name} already exists.`);
}

export function invalidValue(message: string): ServiceError {
  return new ServiceError("InvalidParameterValue", message);
}

export function invalidCombination(message: string): ServiceError {
  return new ServiceError("InvalidParameterCombination", message);
}

/** What the real service can do and this one cannot; said, never pretended. */
export function notOffered(member: string): ServiceError {
  return new ServiceError("NotImplemented", `${member} is not implemented here`, 501);
}
