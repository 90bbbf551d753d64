import assert from "node:assert/strict";
import { Agent, request as httpRequest } from "node:http";
import type { LookupFunction } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { CloudFront, type DefaultCacheBehavior } from "@aws-sdk/client-cloudfront";
import { CloudFrontKeyValueStore } from "@aws-sdk/client-cloudfront-keyvaluestore";
import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { S3 } from "@aws-sdk/client-s3";
import type { Access } from "./edge-house.ts";
// Signs for several regions at once, as KeyValueStore demands.
import "@aws-sdk/signature-v4a";

const cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";
const securityHeaders = "67f7725c-6f97-4210-82d7-5512b31e9d03";

/** Routes become the index of the release that the key value store names; files stay files. */
const rewriting = `import cf from 'cloudfront';
const store = cf.kvs();
async function handler(event) {
  const request = event.request;
  const release = await store.get('site');
  const file = request.uri.split('/').pop();
  request.uri = '/releases/' + release + (file.includes('.') ? request.uri : '/index.html');
  return request;
}`;

interface Seen {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** A distribution with its bucket, function, key value store and load balancer. */
export interface Site {
  readonly access: Access;
  readonly host: string;
  readonly distributionId: string;
  readonly storeArn: string;
  readonly get: (
    path: string,
    options?: { method?: string; headers?: Record<string, string> },
  ) => Promise<Seen>;
}

/** A VPC with an internal load balancer, whose one rule asks for a header and a path. */
export async function createBalancer(access: Access, port: number): Promise<string> {
  const ec2 = new EC2(access);
  const elbv2 = new ElasticLoadBalancingV2(access);
  const VpcId = (await ec2.createVpc({ CidrBlock: "10.9.0.0/16" })).Vpc?.VpcId;
  const gateway = await ec2.createInternetGateway({});
  await ec2.attachInternetGateway({ VpcId, InternetGatewayId: gateway.InternetGateway?.InternetGatewayId });
  const subnets = await Promise.all(
    ["a", "b"].map((zone, at) =>
      ec2.createSubnet({ VpcId, CidrBlock: `10.9.${at}.0/24`, AvailabilityZone: `us-east-1${zone}` }),
    ),
  );
  const balancer = await elbv2.createLoadBalancer({
    Name: "main",
    Scheme: "internal",
    Subnets: subnets.map(({ Subnet }) => Subnet?.SubnetId ?? ""),
  });
  const LoadBalancerArn = balancer.LoadBalancers?.[0]?.LoadBalancerArn ?? "";
  const group = await elbv2.createTargetGroup({
    Name: "api",
    Protocol: "HTTP",
    Port: 80,
    VpcId,
    TargetType: "ip",
    HealthCheckPath: "/healthz",
    HealthCheckIntervalSeconds: 5,
  });
  const TargetGroupArn = group.TargetGroups?.[0]?.TargetGroupArn ?? "";
  await elbv2.modifyTargetGroupAttributes({
    TargetGroupArn,
    Attributes: [{ Key: "deregistration_delay.timeout_seconds", Value: "1" }],
  });
  const Targets = [{ Id: "127.0.0.1", Port: port }];
  await elbv2.registerTargets({ TargetGroupArn, Targets });
  const health = async () =>
    (await elbv2.describeTargetHealth({ TargetGroupArn })).TargetHealthDescriptions?.[0]?.TargetHealth;
  assert.equal((await health())?.State, "unused");
  const FixedResponseConfig = { StatusCode: "404", ContentType: "text/plain", MessageBody: "nobody" };
  const listener = await elbv2.createListener({
    LoadBalancerArn,
    Port: 80,
    Protocol: "HTTP",
    DefaultActions: [{ Type: "fixed-response", FixedResponseConfig }],
  });
  await elbv2.createRule({
    ListenerArn: listener.Listeners?.[0]?.ListenerArn ?? "",
    Priority: 1,
    Conditions: [
      { Field: "http-header", HttpHeaderConfig: { HttpHeaderName: "X-Environment", Values: ["production"] } },
      { Field: "path-pattern", PathPatternConfig: { Values: ["/api", "/api/*"] } },
    ],
    Actions: [{ Type: "forward", TargetGroupArn }],
  });
  const deadline = Date.now() + 10_000;
  while ((await health())?.State !== "healthy" && Date.now() < deadline) await sleep(100);
  assert.equal((await health())?.State, "healthy");
  return LoadBalancerArn;
}

/** An internet-facing load balancer that answers by itself; resolves with its DNS name. */
export async function createPublicBalancer(access: Access): Promise<string> {
  const elbv2 = new ElasticLoadBalancingV2(access);
  const { Subnets = [] } = await new EC2(access).describeSubnets({
    Filters: [{ Name: "default-for-az", Values: ["true"] }],
  });
  const balancer = await elbv2.createLoadBalancer({
    Name: "public",
    Scheme: "internet-facing",
    Subnets: Subnets.slice(0, 2).map(({ SubnetId = "" }) => SubnetId),
  });
  const { LoadBalancerArn, DNSName = "" } = balancer.LoadBalancers?.[0] ?? {};
  const FixedResponseConfig = { StatusCode: "200", ContentType: "text/plain", MessageBody: "public" };
  await elbv2.createListener({
    LoadBalancerArn,
    Port: 80,
    Protocol: "HTTP",
    DefaultActions: [{ Type: "fixed-response", FixedResponseConfig }],
  });
  return DNSName;
}

/** Takes the API away and watches it drain. */
export async function deregister(access: Access, port: number): Promise<void> {
  const elbv2 = new ElasticLoadBalancingV2(access);
  const groups = await elbv2.describeTargetGroups({});
  const TargetGroupArn = groups.TargetGroups?.[0]?.TargetGroupArn ?? "";
  const Targets = [{ Id: "127.0.0.1", Port: port }];
  await elbv2.deregisterTargets({ TargetGroupArn, Targets });
  const during = await elbv2.describeTargetHealth({ TargetGroupArn });
  assert.equal(during.TargetHealthDescriptions?.[0]?.TargetHealth?.Reason, "Target.DeregistrationInProgress");
  await sleep(1200);
  assert.deepEqual((await elbv2.describeTargetHealth({ TargetGroupArn })).TargetHealthDescriptions, []);
  const asked = await elbv2.describeTargetHealth({ TargetGroupArn, Targets });
  assert.equal(asked.TargetHealthDescriptions?.[0]?.TargetHealth?.Reason, "Target.NotRegistered");
}

export async function createSite(access: Access, balancerArn: string): Promise<Site> {
  const cloudfront = new CloudFront(access);
  const storeArn = await createStore(access, cloudfront);
  const functionArn = await createFunction(cloudfront, storeArn);
  const vpcOriginId = await createVpcOrigin(access, cloudfront, balancerArn);
  const control = await cloudfront.createOriginAccessControl({
    OriginAccessControlConfig: {
      Name: "site",
      SigningProtocol: "sigv4",
      SigningBehavior: "always",
      OriginAccessControlOriginType: "s3",
    },
  });
  const distribution = await cloudfront.createDistribution({
    DistributionConfig: {
      CallerReference: "one",
      Comment: "",
      Enabled: true,
      Origins: {
        Quantity: 2,
        Items: [
          {
            Id: "site",
            DomainName: "site.s3.us-east-1.amazonaws.com",
            OriginAccessControlId: control.OriginAccessControl?.Id,
            S3OriginConfig: { OriginAccessIdentity: "" },
          },
          {
            Id: "api",
            DomainName: "main.internal.example",
            VpcOriginConfig: { VpcOriginId: vpcOriginId },
            CustomHeaders: {
              Quantity: 1,
              Items: [{ HeaderName: "X-Environment", HeaderValue: "production" }],
            },
          },
        ],
      },
      DefaultCacheBehavior: {
        ...behavior("site", cachingOptimized),
        ResponseHeadersPolicyId: securityHeaders,
        FunctionAssociations: {
          Quantity: 1,
          Items: [{ EventType: "viewer-request", FunctionARN: functionArn }],
        },
      },
      CacheBehaviors: {
        Quantity: 2,
        Items: ["/api", "/api/*"].map((PathPattern) => ({
          PathPattern,
          ...behavior("api", cachingDisabled),
          OriginRequestPolicyId: allViewer,
          AllowedMethods: {
            Quantity: 7,
            Items: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
          },
        })),
      },
    },
  });
  const { Id = "", ARN = "", DomainName: host = "", Status } = distribution.Distribution ?? {};
  assert.deepEqual([Status, host], ["InProgress", `${Id.toLowerCase()}.cloudfront.localhost:${access.port}`]);
  await fillBucket(access, ARN);
  return {
    access,
    host,
    distributionId: Id,
    storeArn,
    get: (path, options) => ask(access.port, host, path, options),
  };
}

function behavior(TargetOriginId: string, CachePolicyId: string): DefaultCacheBehavior {
  return { TargetOriginId, CachePolicyId, ViewerProtocolPolicy: "redirect-to-https" };
}

async function createStore(access: Access, cloudfront: CloudFront): Promise<string> {
  const { KeyValueStore } = await cloudfront.createKeyValueStore({ Name: "releases" });
  assert.equal(KeyValueStore?.Status, "PROVISIONING");
  const KvsARN = KeyValueStore?.ARN ?? "";
  const keys = keyValueClient(access);
  const { ETag } = await keys.describeKeyValueStore({ KvsARN });
  await keys.updateKeys({ KvsARN, IfMatch: ETag, Puts: [{ Key: "site", Value: "one" }] });
  assert.equal((await keys.getKey({ KvsARN, Key: "site" })).Value, "one");
  return KvsARN;
}

async function createFunction(cloudfront: CloudFront, storeArn: string): Promise<string> {
  const created = await cloudfront.createFunction({
    Name: "rewrite",
    FunctionConfig: {
      Comment: "",
      Runtime: "cloudfront-js-2.0",
      KeyValueStoreAssociations: { Quantity: 1, Items: [{ KeyValueStoreARN: storeArn }] },
    },
    FunctionCode: Buffer.from(rewriting),
  });
  const EventObject = Buffer.from(JSON.stringify({ request: { uri: "/deep/link" } }));
  const tested = await cloudfront.testFunction({ Name: "rewrite", IfMatch: created.ETag, EventObject });
  assert.deepEqual(JSON.parse(tested.TestResult?.FunctionOutput ?? "{}"), {
    request: { uri: "/releases/one/index.html" },
  });
  const published = await cloudfront.publishFunction({ Name: "rewrite", IfMatch: created.ETag });
  return published.FunctionSummary?.FunctionMetadata?.FunctionARN ?? "";
}

async function createVpcOrigin(access: Access, cloudfront: CloudFront, balancerArn: string): Promise<string> {
  const VpcOriginEndpointConfig = {
    Name: "main",
    Arn: balancerArn,
    HTTPPort: 80,
    HTTPSPort: 443,
    OriginProtocolPolicy: "http-only" as const,
  };
  const { VpcOrigin } = await cloudfront.createVpcOrigin({ VpcOriginEndpointConfig });
  const Filters = [{ Name: "group-name", Values: ["CloudFront-VPCOrigins-Service-SG"] }];
  assert.equal((await new EC2(access).describeSecurityGroups({ Filters })).SecurityGroups?.length, 1);
  return VpcOrigin?.Id ?? "";
}

async function fillBucket(access: Access, distributionArn: string): Promise<void> {
  const s3 = new S3({ ...access, forcePathStyle: true });
  await s3.createBucket({ Bucket: "site" });
  const statement = (Action: string, Resource: string) => ({
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action,
    Resource,
    Condition: { StringEquals: { "AWS:SourceArn": distributionArn } },
  });
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      statement("s3:GetObject", "arn:aws:s3:::site/*"),
      statement("s3:ListBucket", "arn:aws:s3:::site"),
    ],
  });
  await s3.putBucketPolicy({ Bucket: "site", Policy });
  const CacheControl = "public, max-age=31536000, immutable";
  for (const release of ["one", "two"]) {
    const Key = `releases/${release}/index.html`;
    await s3.putObject({
      Bucket: "site",
      Key,
      Body: `<h1>${release}</h1>`,
      ContentType: "text/html",
      CacheControl: "no-cache",
    });
  }
  for (const Key of ["releases/one/assets/app-1.js", "releases/two/assets/app-2.js"]) {
    await s3.putObject({
      Bucket: "site",
      Key,
      Body: "console.log(1)",
      ContentType: "text/javascript",
      CacheControl,
    });
  }
}

/** The client puts the account id before the endpoint's host: `123456789012.localhost`, which is loopback (RFC 6761). */
export function keyValueClient(access: Access): CloudFrontKeyValueStore {
  const lookup: LookupFunction = (_host, _options, found) =>
    found(null, [{ address: "127.0.0.1", family: 4 }]);
  return new CloudFrontKeyValueStore({
    ...access,
    endpoint: `http://localhost:${access.port}`,
    requestHandler: { httpAgent: new Agent({ lookup }) },
  });
}

/** A request to the front door under a host name. */
export async function ask(
  port: number,
  host: string,
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const { method = "GET", headers = {} } = options;
    const request = httpRequest({
      host: "127.0.0.1",
      port,
      path,
      method,
      headers: { ...headers, Host: host },
    });
    request.once("error", reject);
    request.once("response", (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        reject,
      );
    });
    request.end();
  });
}
