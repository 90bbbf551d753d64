import assert from "node:assert/strict";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { ECS } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { RDS } from "@aws-sdk/client-rds";
import { S3 } from "@aws-sdk/client-s3";
import { SQS } from "@aws-sdk/client-sqs";
import { type Instance, openInstance } from "./testing/instance.ts";
import { awsProvider, openTerraformRoot, type TerraformRoot } from "./testing/terraform.ts";

let instance: Instance;
let root: TerraformRoot;

before(async () => {
  instance = await openInstance();
  root = await openTerraformRoot(instance.client.endpoint);
});
after(async () => {
  await root?.close();
  await instance?.close();
});

/** Answers its own host name, and what the database says to PostgreSQL's request for TLS: `S` for yes. */
const program = `
const { createServer } = require("node:http");
const { connect } = require("node:net");
const { hostname } = require("node:os");
const askForTls = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
createServer((request, response) => {
  if (request.url !== "/database") return response.end(hostname());
  const database = connect(5432, process.env.DATABASE_HOST, () => database.write(askForTls));
  database.once("data", (answer) => response.end(answer) && database.destroy());
  database.once("error", (error) => response.writeHead(502).end(error.message));
}).listen(8080);
`;

const containers = [
  {
    name: "web",
    image: "node:24-slim",
    essential: true,
    command: ["node", "-e", program],
    portMappings: [{ containerPort: 8080 }],
    environment: [{ name: "DATABASE_HOST", value: "${aws_db_instance.main.address}" }],
  },
];

const vpc_id = "${aws_vpc.main.id}";
const subnets = ["${aws_subnet.a.id}", "${aws_subnet.b.id}"];
const security_groups = ["${aws_security_group.web.id}"];
const anywhere = { cidr_blocks: ["0.0.0.0/0"] };
const noMore = {
  description: "",
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  security_groups: [],
  self: false,
};

const network = {
  aws_vpc: { main: { cidr_block: "10.20.0.0/16" } },
  aws_subnet: {
    a: { vpc_id, cidr_block: "10.20.1.0/24", availability_zone: "us-east-1a" },
    b: { vpc_id, cidr_block: "10.20.2.0/24", availability_zone: "us-east-1b" },
  },
  aws_internet_gateway: { main: { vpc_id } },
  aws_security_group: {
    web: {
      name: "web",
      vpc_id,
      ingress: [{ from_port: 80, to_port: 8080, protocol: "tcp", ...anywhere, ...noMore }],
      egress: [{ from_port: 0, to_port: 0, protocol: "-1", ...anywhere, ...noMore }],
    },
  },
};

const loadBalancer = {
  aws_lb: { main: { name: "web", subnets, security_groups, depends_on: ["aws_internet_gateway.main"] } },
  aws_lb_target_group: {
    main: {
      name: "web",
      port: 8080,
      protocol: "HTTP",
      target_type: "ip",
      vpc_id,
      deregistration_delay: 1,
      health_check: [{ path: "/", interval: 5, timeout: 2, healthy_threshold: 2 }],
    },
  },
  aws_lb_listener: {
    main: {
      load_balancer_arn: "${aws_lb.main.arn}",
      port: 80,
      default_action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.main.arn}" }],
    },
  },
};

const service = {
  aws_ecs_cluster: { main: { name: "web" } },
  aws_ecs_task_definition: {
    main: {
      family: "web",
      network_mode: "awsvpc",
      requires_compatibilities: ["FARGATE"],
      cpu: 256,
      memory: 512,
      container_definitions: JSON.stringify(containers),
    },
  },
  aws_ecs_service: {
    main: {
      name: "web",
      cluster: "${aws_ecs_cluster.main.arn}",
      task_definition: "${aws_ecs_task_definition.main.arn}",
      launch_type: "FARGATE",
      desired_count: 2,
      wait_for_steady_state: true,
      network_configuration: [{ subnets, security_groups }],
      load_balancer: [
        {
          target_group_arn: "${aws_lb_target_group.main.arn}",
          container_name: "web",
          container_port: 8080,
        },
      ],
      depends_on: ["aws_lb_listener.main"],
    },
  },
};

const storage = {
  aws_db_subnet_group: { main: { name: "web", subnet_ids: subnets } },
  aws_db_instance: {
    main: {
      identifier: "web",
      engine: "postgres",
      instance_class: "db.t4g.micro",
      allocated_storage: 20,
      username: "web",
      password: "a-password-for-the-test",
      db_subnet_group_name: "${aws_db_subnet_group.main.name}",
      vpc_security_group_ids: security_groups,
      skip_final_snapshot: true,
    },
  },
  aws_s3_bucket: { main: { bucket: "web-uploads-of-the-test" } },
  aws_sqs_queue: { main: { name: "web-orders" } },
};

test("a web application: applied, it serves through its load balancer; its plan is empty; destroyed, nothing is left", async () => {
  const content = { ...awsProvider, resource: { ...network, ...loadBalancer, ...service, ...storage } };
  await root.begin(content);
  await root.apply(content);
  const { LoadBalancers } = await new ElasticLoadBalancingV2(instance.client).describeLoadBalancers({});
  const host = LoadBalancers?.[0]?.DNSName ?? "";
  const answers = await Promise.all(Array.from({ length: 10 }, () => visit(host, "/")));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  assert.equal(new Set(answers.map(({ body }) => body)).size, 2, "both tasks answer");
  assert.deepEqual(await visit(host, "/database"), { status: 200, body: "S" });
  await storesAndQueues();
  assert.ok((await instance.inDocker()).length >= 5, "tasks, their network and the database are in Docker");
  await root.destroy();
  await assertNothingIsLeft();
});

/** An object and a message come back as they were given; the object is taken away, or the bucket could not be. */
async function storesAndQueues(): Promise<void> {
  const s3 = new S3({ ...instance.client, forcePathStyle: true });
  const object = { Bucket: "web-uploads-of-the-test", Key: "a.txt" };
  await s3.putObject({ ...object, Body: "uploaded" });
  assert.equal(await (await s3.getObject(object)).Body?.transformToString(), "uploaded");
  await s3.deleteObject(object);
  const sqs = new SQS(instance.client);
  const { QueueUrl } = await sqs.getQueueUrl({ QueueName: "web-orders" });
  await sqs.sendMessage({ QueueUrl, MessageBody: "an order" });
  const { Messages } = await sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 5 });
  assert.deepEqual(
    Messages?.map(({ Body }) => Body),
    ["an order"],
  );
}

async function assertNothingIsLeft(): Promise<void> {
  const { DBInstances } = await new RDS(instance.client).describeDBInstances({});
  const { clusterArns } = await new ECS(instance.client).listClusters({});
  const { Buckets } = await new S3({ ...instance.client, forcePathStyle: true }).listBuckets({});
  assert.deepEqual([DBInstances, clusterArns, Buckets ?? []], [[], [], []]);
  assert.deepEqual(await instance.inDocker(), []);
}

/** GET at the front door by the load balancer's name, over a connection of its own. */
function visit(host: string, path: string): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    request(
      { host: "127.0.0.1", port: instance.port, path, headers: { host }, agent: false },
      async (response) => resolve({ status: response.statusCode ?? 0, body: await text(response) }),
    )
      .on("error", reject)
      .end();
  });
}
