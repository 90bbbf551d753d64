import { AwsCallFailed, awsCall } from "./aws-call.ts";
import { visit } from "./visit.ts";

const bucket = "freehold-state-123456789012-us-east-1";
const scope = "AKIALOCALAWSLOCALAWS/20260101/us-east-1/s3/aws4_request";
const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;

/** An object of the state bucket. Errors: AwsCallFailed. */
export async function s3Object(port: number, key: string): Promise<string> {
  const { status, text } = await visit(`http://127.0.0.1:${port}/${bucket}/${key}`, {
    headers: { authorization },
  });
  if (status !== 200) throw new AwsCallFailed(`${key}: ${status} ${text}`);
  return text;
}

/** Runs while an object of the state bucket holds something else, and puts back what it held; answers that. */
export async function withoutState(
  port: number,
  key: string,
  text: string,
  run: () => Promise<void>,
): Promise<string> {
  const before = await s3Object(port, key);
  await put(port, key, text);
  try {
    await run();
  } finally {
    await put(port, key, before);
  }
  return before;
}

async function put(port: number, key: string, body: string): Promise<void> {
  const options = { method: "PUT", headers: { authorization }, body };
  const { status, text } = await visit(`http://127.0.0.1:${port}/${bucket}/${key}`, options);
  if (status !== 200) throw new AwsCallFailed(`${key}: ${status} ${text}`);
}

/** ARNs of all that bears an application's tags, as AWS lists them. */
export async function resourcesOf(port: number, application: string): Promise<readonly string[]> {
  const TagFilters = [
    { Key: "ManagedBy", Values: ["freehold"] },
    { Key: "Application", Values: [application] },
  ];
  const target = "ResourceGroupsTaggingAPI_20170126.GetResources";
  const answer = await awsCall(port, "tagging", target, { TagFilters, ResourcesPerPage: 100 });
  const found: unknown = Reflect.get(Object(answer), "ResourceTagMappingList");
  if (!Array.isArray(found)) throw new AwsCallFailed(`${target}: ${JSON.stringify(answer)}`);
  return found.map((one) => String(Reflect.get(Object(one), "ResourceARN")));
}
