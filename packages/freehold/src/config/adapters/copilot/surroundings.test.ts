import assert from "node:assert/strict";
import { test } from "node:test";
import { environmentKeys } from "./environment-keys.ts";
import { pipelineKeys } from "./pipeline-keys.ts";
import { type Files, translated } from "./testing/translated.ts";
import { leavesOf } from "./walk.ts";

const lines = (text: string): readonly string[] => text.trim().split("\n");

/** `key → outcome to`, of one file. */
function told(files: Files, file: string): readonly string[] {
  return translated(files)
    .rows.filter(({ place, key }) => place.file === `copilot/${file}` && key !== "environments/test")
    .map(({ key, outcome, to }) => `${key} → ${outcome}${to === undefined ? "" : ` ${to}`}`);
}

const everyEnvironmentKey = `
name: test
type: Environment
network:
  vpc:
    id: vpc-1
    cidr: 10.1.0.0/16
    subnets:
      public:
        - id: subnet-1
      private:
        - { cidr: 10.1.0.0/24, az: eu-west-1a }
        - { cidr: 10.1.1.0/24, az: eu-west-1b }
        - { cidr: 10.1.2.0/24, az: eu-west-1c }
    security_group:
      ingress:
        - { ip_protocol: tcp, ports: 80, cidr: 0.0.0.0/0 }
      egress:
        - { ip_protocol: tcp, ports: 0-65535, cidr: 0.0.0.0/0 }
    flow_logs:
      retention: 30
cdn:
  certificate: arn:aws:acm:us-east-1:111122223333:certificate/1
  static_assets: { alias: static.example, location: b.s3.amazonaws.com, path: static/* }
  terminate_tls: true
http:
  public:
    certificates: ["arn:aws:acm:eu-west-1:111122223333:certificate/1"]
    access_logs: { bucket_name: logs, prefix: lb }
    ssl_policy: ELBSecurityPolicy-TLS13-1-2-2021-06
    ingress:
      cdn: true
      source_ips: ["192.0.2.0/24"]
    security_groups: { ingress: { restrict_to: { cdn: true } } }
  private:
    certificates: ["arn:aws:acm:eu-west-1:111122223333:certificate/2"]
    subnets: [subnet-1]
    ingress: { vpc: true }
    ssl_policy: ELBSecurityPolicy-TLS13-1-2-2021-06
    security_groups: { ingress: { from_vpc: true } }
observability:
  container_insights: true
`;

const environmentOutcomes = lines(`
name → mapped x-freehold.collections.test.environments.test
type → noted
network.vpc.id → without counterpart
network.vpc.cidr → mapped x-freehold.collections.test.network.cidr
network.vpc.subnets.public → noted
network.vpc.subnets.private → mapped x-freehold.collections.test.network.azs
network.vpc.subnets.private → mapped x-freehold.collections.test.region
network.vpc.security_group.ingress → without counterpart
network.vpc.security_group.egress → without counterpart
network.vpc.flow_logs.retention → without counterpart
cdn.certificate → noted
cdn.static_assets → without counterpart
cdn.terminate_tls → noted
http.public.certificates → mapped x-freehold.collections.test.account
http.public.certificates → mapped x-freehold.collections.test.region
http.public.access_logs → without counterpart
http.public.ssl_policy → without counterpart
http.public.ingress.cdn → noted
http.public.ingress.source_ips → without counterpart
http.public.security_groups → without counterpart
http.private.certificates → noted
http.private.subnets → noted
http.private.ingress.vpc → noted
http.private.ssl_policy → noted
http.private.security_groups → without counterpart
observability.container_insights → without counterpart
`);

test("each key of an environment becomes what the table says", () => {
  const file = "environments/test/manifest.yml";
  assert.deepEqual(told({ [file]: everyEnvironmentKey }, file), environmentOutcomes);
  const named = new Set(environmentOutcomes.map((line) => line.split(" → ")[0]));
  // Written as true or false they stand alone.
  const alone = ["network.vpc.flow_logs", "cdn"];
  assert.deepEqual(
    leavesOf(environmentKeys).filter((key) => !named.has(key) && !alone.includes(key)),
    [],
  );
});

test("switches of an environment that stand alone", () => {
  const file = "environments/test/manifest.yml";
  const written = "type: Environment\ncdn: true\nnetwork: { vpc: { flow_logs: on } }";
  assert.deepEqual(told({ [file]: written }, file).slice(1), [
    "cdn → mapped x-freehold.collections.test.ingress",
    "network.vpc.flow_logs → without counterpart",
  ]);
});

const everyPipelineKey = `
name: main
version: 1
source:
  provider: GitHub
  properties:
    access_token_secret: token
    branch: trunk
    repository: https://github.com/example/tea
    connection_name: tea
    output_artifact_format: CODE_ZIP
build:
  image: aws/codebuild/standard:5.0
  buildspec: buildspec.yml
  additional_policy: { PolicyDocument: { Version: "2012-10-17" } }
stages:
  - name: test
    pre_deployments:
      migrate: { buildspec: migrate.yml, depends_on: [] }
    deployments:
      tea:
      cup: { depends_on: [tea], stack_name: s, template_path: t.yml, template_config: t.json }
    post_deployments:
      smoke: { buildspec: smoke.yml }
    test_commands: [make smoke]
  - name: prod
    requires_approval: true
`;

const pipelineOutcomes = lines(`
name → noted
version → noted
source.provider → noted
source.properties.access_token_secret → noted
source.properties.branch → mapped x-freehold.collections.test.environments.test.branch
source.properties.repository → noted
source.properties.connection_name → noted
source.properties.output_artifact_format → noted
build.image → noted
build.buildspec → noted
build.additional_policy → noted
stages[0].name → noted
stages[0].pre_deployments.migrate → noted
stages[0].deployments.tea → noted
stages[0].deployments.cup → noted
stages[0].post_deployments.smoke → noted
stages[0].test_commands → noted
stages[1].name → mapped x-freehold.collections.prod.environments.prod.promote_from
stages[1].requires_approval → mapped x-freehold.collections.prod.environments.prod.approval
`);

for (const file of ["pipelines/main/manifest.yml", "pipeline.yml"]) {
  test(`each key of ${file} becomes what the table says`, () => {
    const rows = told({ [file]: everyPipelineKey }, file).filter((row) => !row.startsWith("environments/"));
    assert.deepEqual(rows, pipelineOutcomes);
  });
}

test("the table names every key of a pipeline", () => {
  const named = pipelineOutcomes.map((line) => (line.split(" → ")[0] ?? "").replace(/\[\d\]/, ".*"));
  const silent = leavesOf(pipelineKeys).filter(
    (leaf) => !named.some((key) => key === leaf || key.replace(/\.[^.]+$/, ".*") === leaf),
  );
  assert.deepEqual(silent, ["stages.*.deployments"]);
});

test("the order of environments is that of the first pipeline", () => {
  const other = everyPipelineKey.replaceAll("test", "early");
  const { value } = translated({
    "pipelines/a/manifest.yml": everyPipelineKey,
    "pipelines/b/manifest.yml": other,
  });
  const prod = value("x-freehold", "collections", "prod", "environments", "prod");
  assert.deepEqual(prod, { promote_from: "test", approval: true });
});
