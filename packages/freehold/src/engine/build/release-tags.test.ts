import assert from "node:assert/strict";
import { test } from "node:test";
import type { ECR } from "@aws-sdk/client-ecr";
import type { Ports } from "../ports.ts";
import { FakeAwsError, fakeClient } from "../testing/fake-client.ts";
import type { Artifact } from "./artifacts.ts";
import { publish } from "./publish-image.ts";
import { releaseTag } from "./repositories.ts";

const image = (digit: string) => `registry/shop-api@sha256:${digit.repeat(64)}`;

test("two attempts at one release tag different images differently, and one image always the same", () => {
  const tag = releaseTag("dev-v2", image("a"));
  assert.equal(tag, "release-dev-v2-aaaaaaaaaaaa");
  assert.equal(releaseTag("dev-v2", image("a")), tag);
  assert.notEqual(releaseTag("dev-v2", image("b")), tag);
});

const artifact: Artifact = {
  owners: ["api"],
  purpose: "run",
  source: { kind: "mirror", reference: "nginx:1" },
  platform: "linux/amd64",
  tag: "inputs",
};

/** A push that fails; `held` is what the repository answers afterwards. */
function refused(held: string | undefined): Ports {
  let isPushed = false;
  const describeImages = () => {
    if (!isPushed || held === undefined) throw new FakeAwsError("ImageNotFoundException");
    return { imageDetails: [{ imageDigest: held }] };
  };
  const docker = {
    imageId: async () => "sha256:1",
    tag: async () => {},
    push: async () => {
      isPushed = true;
      throw new FakeAwsError("tag invalid: cannot be overwritten because the tag is immutable");
    },
  };
  const aws = { ecr: async () => fakeClient<ECR>({ calls: [] }, { describeImages }) };
  return { aws, docker } as unknown as Ports;
}

const report = { progress: () => {}, end: () => {} };
const request = { artifact, repositories: { api: "registry/shop-api" } };

test("an image that another run has pushed under the tag in the meantime is taken", async () => {
  const published = await publish(request, report, refused("sha256:theirs"), () => {});
  assert.deepEqual(published, { api: "registry/shop-api@sha256:theirs" });
});

test("a push that fails without leaving an image is an error", async () => {
  await assert.rejects(
    publish(request, report, refused(undefined), () => {}),
    FakeAwsError,
  );
});
