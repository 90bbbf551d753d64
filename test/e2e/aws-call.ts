import { visit } from "./visit.ts";

/** Calls an operation of AWS's JSON protocols at local-aws, which takes every signature. Errors: AwsCallFailed. */
export async function awsCall(
  port: number,
  service: string,
  target: string,
  input: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const scope = `AKIALOCALAWSLOCALAWS/20260101/us-east-1/${service}/aws4_request`;
  const answer = await visit(`http://127.0.0.1:${port}/`, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": target,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  if (answer.status !== 200) throw new AwsCallFailed(`${target}: ${answer.status} ${answer.text}`);
  return JSON.parse(answer.text);
}

export class AwsCallFailed extends Error {
  override readonly name = "AwsCallFailed";
}
