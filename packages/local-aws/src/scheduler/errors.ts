import { ServiceError } from "../service.ts";

/** Errors by the shapes of https://docs.aws.amazon.com/scheduler/latest/APIReference/CommonErrors.html */
export function invalid(message: string): ServiceError {
  return new ServiceError("ValidationException", message, 400, { Message: message });
}

export function notFound(what: string): ServiceError {
  return new ServiceError("ResourceNotFoundException", `${what} does not exist.`, 404, {
    Message: `${what} does not exist.`,
  });
}

export function conflict(what: string): ServiceError {
  return new ServiceError("ConflictException", `${what} already exists.`, 409, {
    Message: `${what} already exists.`,
  });
}
