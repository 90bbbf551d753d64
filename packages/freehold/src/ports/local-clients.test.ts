import assert from "node:assert/strict";
import { access, chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { AwsPort } from "../engine/ports.ts";
import { UserError } from "../errors.ts";
import { createAws } from "./aws.ts";
import { demandLocalAccount } from "./local-aws.ts";
import { isLoopback, LoopbackHandler, localEndpoint } from "./local-clients.ts";

type Call = (aws: AwsPort) => Promise<unknown>;

const store = "arn:aws:cloudfront::123456789012:key-value-store/11111111-2222-3333-4444-555555555555";

/** One call of each client. */
const calls: Readonly<Record<Exclude<keyof AwsPort, "region" | "elsewhere">, Call>> = {
  cloudfront: async (aws) => (await aws.cloudfront()).listDistributions({}),
  keyValueStore: async (aws) => (await aws.keyValueStore()).describeKeyValueStore({ KvsARN: store }),
  discovery: async (aws) => (await aws.discovery()).listNamespaces({}),
  dynamodb: async (aws) => (await aws.dynamodb()).listTables({}),
  ec2: async (aws) => (await aws.ec2()).describeVpcs({}),
  ecr: async (aws) => (await aws.ecr()).describeRepositories({}),
  ecs: async (aws) => (await aws.ecs()).listClusters({}),
  efs: async (aws) => (await aws.efs()).describeFileSystems({}),
  elasticache: async (aws) => (await aws.elasticache()).describeCacheClusters({}),
  iam: async (aws) => (await aws.iam()).listRoles({}),
  loadBalancing: async (aws) => (await aws.loadBalancing()).describeLoadBalancers({}),
  logs: async (aws) => (await aws.logs()).describeLogGroups({}),
  rds: async (aws) => (await aws.rds()).describeDBInstances({}),
  s3: async (aws) => (await aws.s3()).getObject({ Bucket: "shop-state", Key: "a" }),
  scheduler: async (aws) => (await aws.scheduler()).listSchedules({}),
  secrets: async (aws) => (await aws.secrets()).listSecrets({}),
  sns: async (aws) => (await aws.sns()).listTopics({}),
  sqs: async (aws) => (await aws.sqs()).listQueues({}),
  sts: async (aws) => (await aws.sts()).getCallerIdentity({}),
  tagging: async (aws) => (await aws.tagging()).getResources({}),
};

const elsewhere = "https://leak.invalid";
const services = "S3 STS EC2 ECS ECR RDS SNS SQS IAM EFS ELASTICACHE CLOUDFRONT DYNAMODB SECRETS_MANAGER";

/** What may be in somebody's shell. */
const shells: Readonly<Record<string, (folder: string) => Readonly<Record<string, string>>>> = {
  "a profile with a program for its credentials": () => ({ AWS_PROFILE: "prod" }),
  "the same as the default": () => ({}),
  "keys of another account": () => ({
    AWS_ACCESS_KEY_ID: "AKIAFOREIGN",
    AWS_SECRET_ACCESS_KEY: "x",
    AWS_SESSION_TOKEN: "foreign",
  }),
  "endpoints of single services": () =>
    Object.fromEntries(services.split(" ").map((one) => [`AWS_ENDPOINT_URL_${one}`, elsewhere])),
  "an endpoint for all": () => ({ AWS_ENDPOINT_URL: elsewhere }),
  "endpoints that are ignored": () => ({ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" }),
  FIPS: () => ({ AWS_USE_FIPS_ENDPOINT: "true" }),
  "IPv6 endpoints": () => ({ AWS_USE_DUALSTACK_ENDPOINT: "true" }),
  "regional endpoints": () => ({
    AWS_STS_REGIONAL_ENDPOINTS: "regional",
    AWS_S3_US_EAST_1_REGIONAL_ENDPOINT: "regional",
  }),
  "modes of the SDK": () => ({
    AWS_DEFAULTS_MODE: "auto",
    AWS_RETRY_MODE: "adaptive",
    AWS_MAX_ATTEMPTS: "9",
    AWS_SDK_UA_APP_ID: "foreign",
    AWS_AUTH_SCHEME_PREFERENCE: "sigv4a,httpBearerAuth",
    AWS_SIGV4A_SIGNING_REGION_SET: "*",
    AWS_ACCOUNT_ID_ENDPOINT_MODE: "required",
    AWS_ENABLE_ENDPOINT_DISCOVERY: "true",
    AWS_BEARER_TOKEN_BEDROCK: "foreign",
  }),
  "roles of a machine": () => ({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:9/foreign",
    AWS_WEB_IDENTITY_TOKEN_FILE: "/no-such-token",
    AWS_ROLE_ARN: "arn:aws:iam::999999999999:role/foreign",
  }),
  proxies: () => ({
    HTTP_PROXY: "http://leak.invalid:1",
    HTTPS_PROXY: "http://leak.invalid:1",
    NODE_USE_ENV_PROXY: "1",
  }),
};

interface Heard {
  readonly host: string;
  readonly authorization: string;
  readonly headers: string;
}

describe("clients of --local ask local-aws alone, as its own user", () => {
  let folder = "";
  let canary = "";
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const { host = "", authorization = "" } = request.headers;
    heard.push({ host, authorization, headers: JSON.stringify(request.headers) });
    request.resume();
    response.writeHead(403, { "content-type": "text/xml" }).end("<Error><Code>Refused</Code></Error>");
  });
  const found = { ...process.env };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "freehold-local-clients-"));
    canary = join(folder, "canary");
    const program = join(folder, "credentials.sh");
    const answer = JSON.stringify({ Version: 1, AccessKeyId: "AKIAFOREIGN", SecretAccessKey: "x" });
    await writeFile(program, `#!/bin/sh\ntouch '${canary}'\necho '${answer}'\n`);
    await chmod(program, 0o700);
    const settings = `credential_process = ${program}\nregion = eu-south-2\nendpoint_url = ${elsewhere}\nuse_fips_endpoint = true\n`;
    await writeFile(join(folder, "config"), `[default]\n${settings}[profile prod]\n${settings}`);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  after(async () => {
    restore();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  function restore(): void {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, found);
  }

  for (const [name, variables] of Object.entries(shells))
    test(name, async () => {
      const { port } = server.address() as AddressInfo;
      const files = {
        AWS_CONFIG_FILE: join(folder, "config"),
        AWS_SHARED_CREDENTIALS_FILE: join(folder, "none"),
      };
      const endpoint = localEndpoint({
        AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
        AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: `http://localhost:${port}`,
        AWS_ACCESS_KEY_ID: "AKIALOCAL",
        AWS_SECRET_ACCESS_KEY: "local",
      });
      Object.assign(process.env, files, variables(folder));
      try {
        const aws = createAws("eu-central-1", endpoint);
        for (const [client, call] of Object.entries(calls)) {
          heard.length = 0;
          await assert.rejects(call(aws), (error) => !(error instanceof UserError));
          assert.ok(heard.length > 0, `${client} asked nobody`);
          for (const one of heard) {
            assert.match(one.host, /^(127\.0\.0\.1|([a-z0-9-]+\.)?localhost):\d+$/, client);
            assert.match(one.authorization, /Credential=AKIALOCAL\//, client);
            assert.doesNotMatch(one.headers, /foreign|eu-south-2/i, client);
          }
        }
        await assert.rejects(access(canary), "the profile's program has run");
      } finally {
        restore();
      }
    });

  test("what the SDK would send elsewhere is not sent", async () => {
    const { port } = server.address() as AddressInfo;
    const environment = { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` };
    const handler = new LoopbackHandler({}, localEndpoint(environment));
    for (const [hostname, itsPort] of [
      ["leak.invalid", port],
      ["127.0.0.1", port + 1],
      ["localhost", undefined],
    ] as const) {
      // Of the request only what is looked at.
      const request = { protocol: "http:", hostname, port: itsPort } as unknown as Parameters<
        typeof handler.handle
      >[0];
      await assert.rejects(handler.handle(request), /was not sent/);
    }
  });
});

test("an endpoint that is not this machine's is refused before any client is made", () => {
  for (const url of [
    "https://s3.amazonaws.com",
    "http://localhost.example:1",
    "http://127.0.0.1.example:1",
    "nonsense",
    "",
  ])
    assert.throws(() => localEndpoint({ AWS_ENDPOINT_URL: url }), /was not sent/, url);
});

test("what is this machine", () => {
  const names = ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost", "a.LOCALHOST"];
  assert.deepEqual(
    names.filter((one) => !isLoopback(one)),
    [],
  );
  const others = [
    "128.0.0.1",
    "169.254.169.254",
    "0.0.0.0",
    "localhost.example",
    "xlocalhost",
    "127.0.0.1.example",
  ];
  assert.deepEqual(others.filter(isLoopback), []);
});

test("an endpoint that answers for another account stops the verb", async () => {
  const local = {
    endpoint: "http://127.0.0.1:1",
    folder: "",
    account: "123456789012",
    pid: 1,
    page: "",
    environment: {},
  };
  // Of the client only what is asked.
  const answering = (Account: string) =>
    ({ sts: async () => ({ getCallerIdentity: async () => ({ Account }) }) }) as unknown as Pick<
      AwsPort,
      "sts"
    >;
  await demandLocalAccount(local, answering("123456789012"));
  await assert.rejects(
    demandLocalAccount(local, answering("999999999999")),
    /answers for account 999999999999/,
  );
});
