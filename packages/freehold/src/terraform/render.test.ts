import assert from "node:assert/strict";
import { test } from "node:test";
import { data, ref, resource } from "./block.ts";
import { call, choose, jsonencode, member, type Text, template } from "./expression.ts";
import { DuplicateAddressError, renderStack } from "./render.ts";
import { renderValue } from "./render-value.ts";
import type { Stack } from "./stack.ts";

const cluster = resource("aws_ecs_cluster", "main", { name: "shop" });

const empty: Stack = {
  blocks: [],
  outputs: {},
  backend: { bucket: "states", key: "shop.tfstate", region: "eu-west-1" },
  provider: { region: "eu-west-1", account: "111111111111", tags: {} },
  imports: [],
};

function rendered(stack: Partial<Stack>) {
  return JSON.parse(renderStack({ ...empty, ...stack }));
}

function renderedName(name: Text): unknown {
  return rendered({ blocks: [resource("aws_ecs_cluster", "main", { name })] }).resource.aws_ecs_cluster.main
    .name;
}

test("text stands for itself, whatever it holds", () => {
  assert.equal(
    renderedName("${aws_vpc.main.id} %{ if true } 100% $5"),
    "$${aws_vpc.main.id} %%{ if true } 100% $5",
  );
});

test("expressions are written in Terraform's language", () => {
  const arn = ref(cluster, "arn");
  assert.equal(renderValue(arn), "${aws_ecs_cluster.main.arn}");
  assert.equal(renderValue(ref(cluster, "setting", 0, "name")), "${aws_ecs_cluster.main.setting[0].name}");
  assert.equal(renderValue(template("a ${b} ", arn, "/*")), "a $${b} ${aws_ecs_cluster.main.arn}/*");
  assert.equal(
    renderValue(member(call("jsondecode", arn), "password")),
    "${jsondecode(aws_ecs_cluster.main.arn).password}",
  );
  assert.equal(
    renderValue(choose(call("can", arn), "yes", template("no ", arn))),
    '${(can(aws_ecs_cluster.main.arn) ? "yes" : "no ${aws_ecs_cluster.main.arn}")}',
  );
});

test("quotes, line ends and template marks within an expression are escaped", () => {
  assert.equal(
    renderValue(jsonencode({ b: [1, true, null], a: 'say "${x}"\n' })),
    '${jsonencode({"a" = "say \\"$${x}\\"\\n", "b" = [1, true, null]})}',
  );
});

test("the same stack gives the same bytes, in whatever order it was put together", () => {
  const other = resource("aws_vpc", "main", { cidr_block: "10.0.0.0/16", tags: { b: "2", a: "1" } });
  const turned = resource("aws_vpc", "main", { tags: { a: "1", b: "2" }, cidr_block: "10.0.0.0/16" });
  assert.equal(
    renderStack({ ...empty, blocks: [cluster, other] }),
    renderStack({ ...empty, blocks: [turned, cluster] }),
  );
});

test("two blocks of one address are refused", () => {
  assert.throws(() => renderStack({ ...empty, blocks: [cluster, cluster] }), DuplicateAddressError);
});

test("the root names its provider, its account and its lock", () => {
  const { terraform, provider } = rendered({});
  assert.deepEqual(terraform.required_providers.aws, { source: "hashicorp/aws", version: "= 5.100.0" });
  assert.equal(terraform.required_version, ">= 1.11");
  assert.deepEqual(terraform.backend.s3, { ...empty.backend, encrypt: true, use_lockfile: true });
  assert.deepEqual(provider.aws, [
    { allowed_account_ids: ["111111111111"], default_tags: { tags: {} }, region: "eu-west-1" },
  ]);
});

test("the second configuration of the provider is there only when something uses it", () => {
  const global = resource("aws_ecs_cluster", "global", { name: "x" }, { provider: "us_east_1" });
  const { provider, resource: made } = rendered({ blocks: [global] });
  assert.deepEqual(
    provider.aws.map((one: { alias?: string; region: string }) => [one.alias, one.region]),
    [
      [undefined, "eu-west-1"],
      ["us_east_1", "us-east-1"],
    ],
  );
  assert.equal(made.aws_ecs_cluster.global.provider, "aws.us_east_1");
});

test("lifecycle, dependencies, data and imports are written as Terraform reads them", () => {
  const lifecycle = { preventDestroy: true, ignoreChanges: ["name"] } as const;
  const group = data("aws_security_group", "found", { name: "x" }, { dependsOn: [cluster] });
  const guarded = resource("aws_ecs_cluster", "guarded", { name: "y" }, { lifecycle });
  const root = rendered({
    blocks: [cluster, group, guarded],
    imports: [{ to: "aws_ecs_cluster.main", id: "shop" }],
  });
  assert.deepEqual(root.data.aws_security_group.found.depends_on, ["aws_ecs_cluster.main"]);
  assert.deepEqual(root.resource.aws_ecs_cluster.guarded.lifecycle, {
    ignore_changes: ["name"],
    prevent_destroy: true,
  });
  assert.deepEqual(root.import, [{ id: "shop", to: "aws_ecs_cluster.main" }]);
});
