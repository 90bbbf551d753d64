import { awsCall } from "../e2e/aws-call.ts";

type Input = Readonly<Record<string, unknown>>;

/** Calls by service, at a local-aws on this port. */
export interface Endpoint {
  ecs(operation: string, input: Input): Promise<object>;
  ecr(operation: string, input: Input): Promise<object>;
  logs(operation: string, input: Input): Promise<object>;
  secrets(operation: string, input: Input): Promise<object>;
  /** Every version of every object of every bucket. */
  objects(): Promise<readonly StoredObject[]>;
  putObject(bucket: string, key: string, content: string): Promise<void>;
  readonly registry: string;
}

export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
  readonly content: Buffer;
}

export function endpointAt(port: number): Endpoint {
  const call = (service: string, prefix: string) => async (operation: string, input: Input) =>
    Object(await awsCall(port, service, `${prefix}.${operation}`, input)) as object;
  const s3 = (path: string, init: RequestInit = {}) => callS3(`http://127.0.0.1:${port}/${path}`, init);
  return {
    ecs: call("ecs", "AmazonEC2ContainerServiceV20141113"),
    ecr: call("ecr", "AmazonEC2ContainerRegistry_V20150921"),
    logs: call("logs", "Logs_20140328"),
    secrets: call("secretsmanager", "secretsmanager"),
    objects: () => allObjects(s3),
    putObject: async (bucket, key, content) => {
      await s3(`${bucket}/${key}`, { method: "PUT", body: content });
    },
    registry: `localhost:${port}`,
  };
}

type S3 = (path: string, init?: RequestInit) => Promise<Buffer>;

async function callS3(url: string, init: RequestInit): Promise<Buffer> {
  const scope = "AKIALOCALAWSLOCALAWS/20260101/us-east-1/s3/aws4_request";
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const answer = await fetch(url, { ...init, headers: { authorization } });
  const content = Buffer.from(await answer.arrayBuffer());
  if (!answer.ok) throw new S3CallFailed(`${url}: ${answer.status} ${content.toString("utf8")}`);
  return content;
}

class S3CallFailed extends Error {
  override readonly name = "S3CallFailed";
}

async function allObjects(s3: S3): Promise<readonly StoredObject[]> {
  const buckets = fields((await s3("")).toString("utf8"), "Bucket").flatMap((bucket) =>
    fields(bucket, "Name"),
  );
  const found: StoredObject[] = [];
  for (const bucket of buckets) {
    const list = (await s3(`${bucket}?versions`)).toString("utf8");
    if (list.includes("<IsTruncated>true")) throw new S3CallFailed(`${bucket} holds more than one page`);
    for (const entry of fields(list, "Version")) {
      const [key = "", version = ""] = [fields(entry, "Key")[0], fields(entry, "VersionId")[0]];
      const path = `${bucket}/${key.split("/").map(encodeURIComponent).join("/")}?versionId=${version}`;
      found.push({
        bucket,
        key,
        version,
        content: await s3(version === "null" ? (path.split("?")[0] ?? "") : path),
      });
    }
  }
  return found;
}

/** Texts of all elements of that name. */
function fields(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, "gs"))].map(([, text = ""]) => text);
}
