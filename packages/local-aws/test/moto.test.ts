import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAM } from "@aws-sdk/client-iam";
import { ResourceGroupsTaggingAPI } from "@aws-sdk/client-resource-groups-tagging-api";
import { S3 } from "@aws-sdk/client-s3";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SQS } from "@aws-sdk/client-sqs";
import { SSM } from "@aws-sdk/client-ssm";
import { type MotoHouse, openMotoHouse } from "./testing/moto-house.ts";

/** Makes something before the restart; the function it answers looks at it afterwards. */
type Memory = (endpoint: string) => Promise<(endpoint: string) => Promise<void>>;

const config = (endpoint: string) => ({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "AKIATEST", secretAccessKey: "test" },
});
const s3 = (endpoint: string) => new S3({ ...config(endpoint), forcePathStyle: true });
const policy = (action: string, principal: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, ...principal }] });

const memories: Readonly<Record<string, Memory>> = {
  "versions of an object, and one of 20 MB": async (endpoint) => {
    const bucket = { Bucket: "kept" };
    await s3(endpoint).createBucket(bucket);
    await s3(endpoint).putBucketVersioning({ ...bucket, VersioningConfiguration: { Status: "Enabled" } });
    const first = await s3(endpoint).putObject({ ...bucket, Key: "a", Body: "one", Metadata: { x: "y" } });
    await s3(endpoint).putObject({ ...bucket, Key: "a", Body: "two" });
    const big = randomBytes(20_000_000);
    await s3(endpoint).putObject({ ...bucket, Key: "big", Body: big });
    return async (later) => {
      const read = async (Key: string, VersionId?: string) => {
        const object = await s3(later).getObject({ ...bucket, Key, ...(VersionId ? { VersionId } : {}) });
        return {
          body: Buffer.from((await object.Body?.transformToByteArray()) ?? []),
          meta: object.Metadata,
        };
      };
      assert.deepEqual(await read("a", first.VersionId), { body: Buffer.from("one"), meta: { x: "y" } });
      assert.equal((await read("a")).body.toString(), "two");
      assert.ok(big.equals((await read("big")).body));
      await s3(later).deleteObject({ ...bucket, Key: "a" });
      assert.equal((await s3(later).listObjectVersions(bucket)).DeleteMarkers?.length, 1);
    };
  },
  "messages, those in flight too": async (endpoint) => {
    const { QueueUrl } = await new SQS(config(endpoint)).createQueue({
      QueueName: "kept",
      Attributes: { VisibilityTimeout: "3600" },
    });
    await new SQS(config(endpoint)).sendMessage({ QueueUrl, MessageBody: "one" });
    await new SQS(config(endpoint)).sendMessage({ QueueUrl, MessageBody: "two" });
    await new SQS(config(endpoint)).receiveMessage({ QueueUrl, MaxNumberOfMessages: 1 });
    return async (later) => {
      const { Attributes } = await new SQS(config(later)).getQueueAttributes({
        QueueUrl,
        AttributeNames: ["All"],
      });
      assert.equal(Attributes?.["ApproximateNumberOfMessages"], "1");
      assert.equal(Attributes["ApproximateNumberOfMessagesNotVisible"], "1");
      const received = await new SQS(config(later)).receiveMessage({ QueueUrl });
      assert.match(received.Messages?.[0]?.Body ?? "", /^(one|two)$/);
    };
  },
  "keys that still decrypt and verify": async (endpoint) => {
    const { KeyMetadata } = await kms(endpoint, "CreateKey", {});
    const { CiphertextBlob } = await kms(endpoint, "Encrypt", {
      KeyId: KeyMetadata.KeyId,
      Plaintext: "c2VjcmV0",
    });
    const pair = {
      KeyId: (await kms(endpoint, "CreateKey", { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" })).KeyMetadata
        .KeyId,
    };
    const message = { ...pair, Message: "bQ==", SigningAlgorithm: "RSASSA_PSS_SHA_256" };
    const { Signature } = await kms(endpoint, "Sign", message);
    return async (later) => {
      assert.equal((await kms(later, "Decrypt", { CiphertextBlob })).Plaintext, "c2VjcmV0");
      assert.equal((await kms(later, "Verify", { ...message, Signature })).SignatureValid, true);
    };
  },
  "secrets with their stages": async (endpoint) => {
    await new SecretsManager(config(endpoint)).createSecret({ Name: "kept", SecretString: "one" });
    await new SecretsManager(config(endpoint)).putSecretValue({ SecretId: "kept", SecretString: "two" });
    return async (later) => {
      const value = async (VersionStage: string) =>
        (await new SecretsManager(config(later)).getSecretValue({ SecretId: "kept", VersionStage }))
          .SecretString;
      assert.deepEqual([await value("AWSPREVIOUS"), await value("AWSCURRENT")], ["one", "two"]);
    };
  },
  "roles with AWS's own policies": async (endpoint) => {
    const RoleName = "kept";
    const trust = policy("sts:AssumeRole", { Principal: { Service: "ecs-tasks.amazonaws.com" } });
    await new IAM(config(endpoint)).createRole({ RoleName, AssumeRolePolicyDocument: trust });
    const PolicyArn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
    await new IAM(config(endpoint)).attachRolePolicy({ RoleName, PolicyArn });
    return async (later) => {
      const { AttachedPolicies } = await new IAM(config(later)).listAttachedRolePolicies({ RoleName });
      assert.deepEqual(
        AttachedPolicies?.map((each) => each.PolicyArn),
        [PolicyArn],
      );
    };
  },
  "a network, and a load balancer in it with a header rule": async (endpoint) => {
    const ec2 = new EC2(config(endpoint));
    const VpcId = (await ec2.createVpc({ CidrBlock: "10.1.0.0/16" })).Vpc?.VpcId;
    const subnet = async (zone: string, CidrBlock: string) =>
      (await ec2.createSubnet({ VpcId, CidrBlock, AvailabilityZone: `us-east-1${zone}` })).Subnet?.SubnetId ??
      "";
    const Subnets = [await subnet("a", "10.1.1.0/24"), await subnet("b", "10.1.2.0/24")];
    const elb = new ElasticLoadBalancingV2(config(endpoint));
    const made = await elb.createLoadBalancer({ Name: "kept", Subnets });
    const answer = { Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } } as const;
    const listener = await elb.createListener({
      LoadBalancerArn: made.LoadBalancers?.[0]?.LoadBalancerArn,
      Protocol: "HTTP",
      Port: 80,
      DefaultActions: [answer],
    });
    const ListenerArn = listener.Listeners?.[0]?.ListenerArn;
    const HttpHeaderConfig = { HttpHeaderName: "x-environment", Values: ["a", "b"] };
    const condition = { Field: "http-header", HttpHeaderConfig };
    await elb.createRule({ ListenerArn, Priority: 5, Conditions: [condition], Actions: [answer] });
    return async (later) => {
      const { Rules } = await new ElasticLoadBalancingV2(config(later)).describeRules({ ListenerArn });
      assert.deepEqual(Rules?.[0]?.Conditions?.[0]?.HttpHeaderConfig, HttpHeaderConfig);
      const filter = { Name: "vpc-id", Values: [VpcId ?? ""] };
      const { Subnets: found } = await new EC2(config(later)).describeSubnets({ Filters: [filter] });
      assert.deepEqual(found?.map(({ SubnetId }) => SubnetId).sort(), Subnets.sort());
    };
  },
  "log events and parameters": async (endpoint) => {
    const place = { logGroupName: "/kept", logStreamName: "s" };
    await new CloudWatchLogs(config(endpoint)).createLogGroup({ logGroupName: "/kept" });
    await new CloudWatchLogs(config(endpoint)).createLogStream(place);
    const logEvents = [{ timestamp: Date.now(), message: "a line" }];
    await new CloudWatchLogs(config(endpoint)).putLogEvents({ ...place, logEvents });
    await new SSM(config(endpoint)).putParameter({ Name: "/kept", Value: "v", Type: "SecureString" });
    return async (later) => {
      const { events } = await new CloudWatchLogs(config(later)).filterLogEvents({ logGroupName: "/kept" });
      assert.deepEqual(
        events?.map(({ message }) => message),
        ["a line"],
      );
      const { Parameter } = await new SSM(config(later)).getParameter({
        Name: "/kept",
        WithDecryption: true,
      });
      assert.equal(Parameter?.Value, "v");
    };
  },
};

describe("what moto keeps over a restart", () => {
  let folder = "";
  let house: MotoHouse | undefined;
  const endpoint = (): string => {
    assert.ok(house !== undefined);
    return house.endpoint;
  };
  const checks = new Map<string, (endpoint: string) => Promise<void>>();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "moto-"));
    house = await openMotoHouse(folder);
    for (const [name, remember] of Object.entries(memories)) checks.set(name, await remember(house.endpoint));
    await house.close();
    house = await openMotoHouse(folder);
  });
  after(async () => {
    await house?.close();
    await rm(folder, { recursive: true, force: true });
  });

  for (const name of Object.keys(memories)) {
    test(name, async () => {
      const check = checks.get(name);
      assert.ok(check !== undefined);
      await check(endpoint());
    });
  }

  test("nothing had to be left out", async () => {
    assert.doesNotMatch(await readFile(house?.motoLog ?? "", "utf8"), /cannot keep/);
  });

  test("a conditional write has one winner", async () => {
    await s3(endpoint()).createBucket({ Bucket: "locks" });
    const lock = () => s3(endpoint()).putObject({ Bucket: "locks", Key: "l", Body: "me", IfNoneMatch: "*" });
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, lock));
    assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
    const { ETag } = await s3(endpoint()).headObject({ Bucket: "locks", Key: "l" });
    const move = { Bucket: "locks", Key: "l", Body: "you", IfMatch: ETag };
    await s3(endpoint()).putObject(move);
    await assert.rejects(s3(endpoint()).putObject(move), { name: "PreconditionFailed" });
  });

  test("what moto lacks is a 501 with the operation's name, in the answer and in the log", async () => {
    const elb = new ElasticLoadBalancingV2({ ...config(endpoint()), maxAttempts: 1 });
    const message = "elbv2.ModifyCapacityReservation is not implemented";
    await assert.rejects(elb.modifyCapacityReservation({ LoadBalancerArn: "x" }), (error: Error) => {
      assert.equal((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode, 501);
      assert.equal(error.message, message);
      return true;
    });
    assert.ok(house?.warnings.includes(message));
  });

  test("a queue's policies come back without spaces and outlive other changes", async () => {
    const sqs = new SQS(config(endpoint()));
    await sqs.createQueue({ QueueName: "dead" });
    const RedrivePolicy =
      '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:dead","maxReceiveCount":3}';
    const { QueueUrl } = await sqs.createQueue({ QueueName: "mended", Attributes: { RedrivePolicy } });
    const Policy = policy("sqs:SendMessage", { Principal: "*", Resource: "*" });
    await sqs.setQueueAttributes({ QueueUrl, Attributes: { Policy } });
    await sqs.setQueueAttributes({ QueueUrl, Attributes: { VisibilityTimeout: "60" } });
    const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ["All"] });
    assert.deepEqual(
      [Attributes?.["RedrivePolicy"], Attributes?.["Policy"], Attributes?.["VisibilityTimeout"]],
      [RedrivePolicy, Policy, "60"],
    );
  });

  test("a rule that names a group keeps its description", async () => {
    const ec2 = new EC2(config(endpoint()));
    const { GroupId } = await ec2.createSecurityGroup({ GroupName: "g", Description: "d" });
    const from = { GroupId, Description: "from its own kind" };
    const IpPermissions = [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, UserIdGroupPairs: [from] }];
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
    const filter = { Name: "group-id", Values: [GroupId ?? ""] };
    const { SecurityGroupRules } = await ec2.describeSecurityGroupRules({ Filters: [filter] });
    const descriptions = SecurityGroupRules?.filter(({ IsEgress }) => !IsEgress).map(
      (rule) => rule.Description,
    );
    assert.deepEqual(descriptions, ["from its own kind"]);
  });

  test("a network with a group of its own stays", async () => {
    const ec2 = new EC2(config(endpoint()));
    const VpcId = (await ec2.createVpc({ CidrBlock: "10.9.0.0/16" })).Vpc?.VpcId;
    const { GroupId } = await ec2.createSecurityGroup({ GroupName: "own", Description: "d", VpcId });
    await assert.rejects(ec2.deleteVpc({ VpcId }), { name: "DependencyViolation" });
    await ec2.deleteSecurityGroup({ GroupId });
    await ec2.deleteVpc({ VpcId });
  });

  test("a bucket whose policy denies plain HTTP takes objects over loopback, and what it denies to all it refuses", async () => {
    const Bucket = "guarded";
    await s3(endpoint()).createBucket({ Bucket });
    const everyone = { Effect: "Deny", Principal: "*", Resource: `arn:aws:s3:::${Bucket}/*` };
    const insecure = { ...everyone, Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": "false" } } };
    const reading = { ...everyone, Action: "s3:GetObject" };
    const Policy = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
    await s3(endpoint()).putBucketPolicy({ Bucket, Policy: Policy(insecure) });
    await s3(endpoint()).putObject({ Bucket, Key: "k", Body: "v" });
    await s3(endpoint()).getObject({ Bucket, Key: "k" });
    await s3(endpoint()).putBucketPolicy({ Bucket, Policy: Policy(insecure, reading) });
    const refused = await s3(endpoint())
      .getObject({ Bucket, Key: "k" })
      .catch((error: { $metadata?: { httpStatusCode?: number } }) => error.$metadata?.httpStatusCode);
    assert.equal(refused, 403);
  });

  test("addresses, VPC endpoints, listeners and rules are listed by their tags", async () => {
    const ec2 = new EC2(config(endpoint()));
    const elb = new ElasticLoadBalancingV2(config(endpoint()));
    const Tags = [{ Key: "App", Value: "listed" }];
    const tagged = (ResourceType: "elastic-ip" | "vpc-endpoint") => ({
      TagSpecifications: [{ ResourceType, Tags }],
    });
    const VpcId = (await ec2.createVpc({ CidrBlock: "10.10.0.0/16" })).Vpc?.VpcId ?? "";
    const subnet = await ec2.createSubnet({ VpcId, CidrBlock: "10.10.1.0/24" });
    const address = await ec2.allocateAddress(tagged("elastic-ip"));
    const ServiceName = "com.amazonaws.us-east-1.s3";
    const { VpcEndpoint } = await ec2.createVpcEndpoint({ VpcId, ServiceName, ...tagged("vpc-endpoint") });
    const { LoadBalancers = [] } = await elb.createLoadBalancer({
      Name: "listed",
      Subnets: [subnet.Subnet?.SubnetId ?? ""],
    });
    const answer = { Type: "fixed-response" as const, FixedResponseConfig: { StatusCode: "200" } };
    const { Listeners = [] } = await elb.createListener({
      LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn,
      Protocol: "HTTP",
      Port: 80,
      DefaultActions: [answer],
      Tags,
    });
    const ListenerArn = Listeners[0]?.ListenerArn;
    const Conditions = [{ Field: "path-pattern", Values: ["/a"] }];
    const { Rules = [] } = await elb.createRule({
      ListenerArn,
      Priority: 1,
      Conditions,
      Actions: [answer],
      Tags,
    });
    const tagging = new ResourceGroupsTaggingAPI(config(endpoint()));
    const { ResourceTagMappingList = [] } = await tagging.getResources({});
    const arns = ResourceTagMappingList.flatMap(({ ResourceARN = "", Tags: borne = [] }) =>
      borne.some(({ Value }) => Value === "listed") ? [ResourceARN] : [],
    );
    const ec2Arns = [`elastic-ip/${address.AllocationId}`, `vpc-endpoint/${VpcEndpoint?.VpcEndpointId}`];
    const expected = [
      ...ec2Arns.map((id) => `arn:aws:ec2:us-east-1:123456789012:${id}`),
      ListenerArn,
      Rules[0]?.RuleArn,
    ];
    assert.deepEqual(arns.sort(), expected.sort());
  });

  test("a versioned bucket is emptied of its delete markers too", async () => {
    const Bucket = "emptied";
    await s3(endpoint()).createBucket({ Bucket });
    await s3(endpoint()).putBucketVersioning({ Bucket, VersioningConfiguration: { Status: "Enabled" } });
    await s3(endpoint()).putObject({ Bucket, Key: "k", Body: "v" });
    await s3(endpoint()).deleteObject({ Bucket, Key: "k" });
    const { Versions = [], DeleteMarkers = [] } = await s3(endpoint()).listObjectVersions({ Bucket });
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    assert.equal(Objects.length, 2);
    await s3(endpoint()).deleteObjects({ Bucket, Delete: { Objects } });
    await s3(endpoint()).deleteBucket({ Bucket });
  });

  test("what a bucket opens to everybody is read without a signature, and nothing else", async () => {
    const Bucket = "opened";
    const read = async (key: string) => (await fetch(`${endpoint()}/${Bucket}/${key}`)).status;
    await s3(endpoint()).createBucket({ Bucket });
    for (const Key of ["public/a", "private/b", "private/c"])
      await s3(endpoint()).putObject({ Bucket, Key, Body: "v" });
    assert.equal(await read("public/a"), 403);
    const Statement = {
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${Bucket}/public/*`,
    };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [Statement] });
    await s3(endpoint()).putBucketPolicy({ Bucket, Policy });
    await s3(endpoint()).putObjectAcl({ Bucket, Key: "private/c", ACL: "public-read" });
    assert.deepEqual(await Promise.all(["public/a", "private/b", "private/c"].map(read)), [200, 403, 200]);
    const PublicAccessBlockConfiguration = { RestrictPublicBuckets: true, IgnorePublicAcls: true };
    await s3(endpoint()).putPublicAccessBlock({ Bucket, PublicAccessBlockConfiguration });
    assert.deepEqual(await Promise.all(["public/a", "private/c"].map(read)), [403, 403]);
  });
});

/** KMS speaks JSON 1.1; the signature is not looked at beyond its scope. */
// biome-ignore lint/suspicious/noExplicitAny: a test that reads two members of an answer.
async function kms(endpoint: string, operation: string, input: object): Promise<any> {
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: {
      authorization: "AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/kms/aws4_request, Signature=0",
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `TrentService.${operation}`,
    },
    body: JSON.stringify(input),
  });
  assert.equal(answer.status, 200, await answer.clone().text());
  return answer.json();
}
