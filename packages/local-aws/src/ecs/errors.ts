import { ServiceError } from "../service.ts";

/** Errors in ECS's words: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html and each call's page. */
export function clusterNotFound(): ServiceError {
  return new ServiceError("ClusterNotFoundException", "Cluster not found.");
}

export function serviceNotFound(): ServiceError {
  return new ServiceError("ServiceNotFoundException", "Service not found.");
}

export function serviceNotActive(): ServiceError {
  return new ServiceError("ServiceNotActiveException", "Service was not ACTIVE.");
}

export function deploymentNotFound(): ServiceError {
  return new ServiceError("ServiceDeploymentNotFoundException", "Service deployment not found.");
}

/** A deployment cannot be stopped, or not any more. */
export function noWayBack(message: string): ServiceError {
  return new ServiceError("ConflictException", message);
}

export function invalidParameter(message: string): ServiceError {
  return new ServiceError("InvalidParameterException", message);
}

export function clientError(message: string): ServiceError {
  return new ServiceError("ClientException", message);
}

/** AWS has it, local-aws does not run it: said, rather than accepted and left out. */
export function unsupported(what: string): ServiceError {
  return new ServiceError("UnsupportedFeatureException", `local-aws does not run ${what}.`);
}
