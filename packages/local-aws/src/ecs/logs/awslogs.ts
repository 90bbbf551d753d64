import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import type { Platform } from "../../platform.ts";
import { StartFailure } from "../agent/start-failure.ts";
import { createShipper, type LogStream, type Shipper } from "./shipper.ts";

const failure =
  "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream:";

/**
 * Makes the log stream of a container, `<prefix>/<container>/<task id>`; undefined where its output goes nowhere.
 * See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html.
 * @throws StartFailure when the log group is missing, or the driver is none that local-aws has
 */
export async function openLogStream(
  { aws, clock, log }: Pick<Platform, "aws" | "clock" | "log">,
  { name = "", logConfiguration }: ContainerDefinition,
  taskId: string,
): Promise<Shipper | undefined> {
  if (logConfiguration === undefined) return undefined;
  const { logDriver, options = {} } = logConfiguration;
  if (logDriver !== "awslogs") {
    throw new StartFailure(
      `ResourceInitializationError: local-aws has no log driver ${logDriver}, only awslogs`,
    );
  }
  const prefix = options["awslogs-stream-prefix"];
  const stream: LogStream = {
    logGroupName: options["awslogs-group"] ?? "",
    logStreamName: prefix === undefined ? taskId : `${prefix}/${name}/${taskId}`,
  };
  await createStream(aws.logs, stream, options["awslogs-create-group"] === "true");
  return createShipper(aws.logs, stream, clock, log);
}

async function createStream(
  logs: Platform["aws"]["logs"],
  stream: LogStream,
  makeGroup: boolean,
): Promise<void> {
  try {
    if (makeGroup) await unlessThere(logs.createLogGroup({ logGroupName: stream.logGroupName }));
    await unlessThere(logs.createLogStream(stream));
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new StartFailure(`${failure} ${reason}`);
  }
}

async function unlessThere(made: Promise<unknown>): Promise<void> {
  await made.catch((error: unknown) => {
    if (!(error instanceof Error && error.name === "ResourceAlreadyExistsException")) throw error;
  });
}
