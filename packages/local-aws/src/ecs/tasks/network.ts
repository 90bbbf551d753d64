import type { AwsVpcConfiguration, NetworkConfiguration } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../errors.ts";

/** The awsvpc configuration that every task here needs. @throws InvalidParameterException */
export function requireNetwork(
  networkMode: string | undefined,
  configuration: NetworkConfiguration | undefined,
): AwsVpcConfiguration {
  const network = configuration?.awsvpcConfiguration;
  if (networkMode !== "awsvpc") {
    throw invalidParameter(
      "local-aws runs tasks whose task definition has networkMode 'awsvpc', as Fargate's must.",
    );
  }
  if (network === undefined) {
    throw invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  }
  if (!network.subnets?.length) throw invalidParameter("subnets can not be empty.");
  return network;
}
