export type Headers = Readonly<Record<string, string>>;

export interface Sent {
  readonly method: string;
  readonly path?: string;
  readonly headers?: Headers;
  readonly body?: string;
}

export const signed = (service: string): Headers => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});
export const presigned = (service: string) =>
  `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AK%2F20260101%2Fus-east-1%2F${service}%2Faws4_request&X-Amz-Signature=0`;
export const form: Headers = { "content-type": "application/x-www-form-urlencoded" };
export const multipart: Headers = { "content-type": "multipart/form-data; boundary=x" };
export const app = "http://e1.cloudfront.localhost:4577";

/** A call of each protocol that reads, and one that changes something. */
export const calls: Readonly<Record<string, Sent>> = {
  "query, POST": {
    method: "POST",
    headers: { ...signed("rds"), ...form },
    body: "Action=DescribeDBInstances",
  },
  "query, GET": { method: "GET", path: `/?Action=DescribeDBInstances&${presigned("rds")}` },
  "EC2 query, POST": { method: "POST", headers: { ...signed("ec2"), ...form }, body: "Action=DescribeVpcs" },
  JSON: {
    method: "POST",
    headers: { ...signed("secretsmanager"), "x-amz-target": "secretsmanager.ListSecrets" },
    body: "{}",
  },
  "our own JSON": {
    method: "POST",
    headers: { ...signed("ecs"), "x-amz-target": "AmazonEC2ContainerServiceV20141113.ListClusters" },
    body: "{}",
  },
  "REST-JSON, GET": { method: "GET", path: "/schedules", headers: signed("scheduler") },
  "REST-JSON, POST": { method: "POST", path: "/schedules/a", headers: signed("scheduler"), body: "{}" },
  "REST-XML, GET": { method: "GET", path: "/2020-05-31/distribution", headers: signed("cloudfront") },
  "REST-XML, PUT": { method: "PUT", path: "/bucket/key", headers: signed("s3"), body: "x" },
  CBOR: {
    method: "POST",
    path: "/service/GraniteServiceVersion20100801/operation/ListMetrics",
    headers: { ...signed("monitoring"), "smithy-protocol": "rpc-v2-cbor" },
  },
  "presigned, of another service": { method: "GET", path: `/?Action=GetCallerIdentity&${presigned("sts")}` },
  "a private object": { method: "GET", path: "/closed/key" },
  "the registry's kind of plane": { method: "GET", path: "/plane" },
};

/** What a browser says of a page that is not to come in. */
export const pages: Readonly<Record<string, Headers>> = {
  "a foreign page's fetch": {
    origin: "https://evil.example",
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "cors",
    "sec-fetch-dest": "empty",
  },
  "a foreign page's image": {
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "no-cors",
    "sec-fetch-dest": "image",
  },
  "a foreign page's form": {
    origin: "https://evil.example",
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
  },
  "a foreign page's link": {
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
  },
  "a deployed application's fetch": {
    origin: app,
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "cors",
    "sec-fetch-dest": "empty",
  },
  "a page of another port": {
    origin: "http://localhost:3000",
    "sec-fetch-site": "same-site",
    "sec-fetch-mode": "cors",
    "sec-fetch-dest": "empty",
  },
  "a page of the endpoint itself": {
    "sec-fetch-site": "same-origin",
    "sec-fetch-mode": "cors",
    "sec-fetch-dest": "empty",
  },
  "a page that hides its origin": {
    origin: "null",
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "cors",
    "sec-fetch-dest": "empty",
  },
  "a typed address": { "sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
  "a browser that sends no Sec-Fetch-Site": { origin: "http://127.0.0.1:1" },
};
