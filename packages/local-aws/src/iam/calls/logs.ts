import { arn, type Call, type Found, textIn } from "./call.ts";
import type { ServiceCalls } from "./service-calls.ts";

/**
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 * Policies name a log group with `:*` behind it, so that AWS compares them with the group's ARN and an empty stream.
 */
export const logs: ServiceCalls = {
  prefix: "logs",
  areAlternatives: true,
  readers: {
    "log-group": (call) => (textIn(call.input, "logStreamName") === undefined ? group(call, "") : []),
    "log-stream": (call) => group(call, textIn(call.input, "logStreamName") ?? ""),
  },
};

function group({ input, place }: Call, stream: string): Found {
  const name =
    textIn(input, "logGroupName") ?? textIn(input, "logGroupIdentifier") ?? textIn(input, "resourceArn");
  if (name === undefined) return undefined;
  const whole = name.startsWith("arn:") ? name.replace(/:\*$/, "") : arn("logs", place, `log-group:${name}`);
  return [`${whole}:log-stream:${stream}`];
}
