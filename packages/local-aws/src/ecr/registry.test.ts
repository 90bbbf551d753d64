import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type {
  BatchCheckLayerAvailabilityResponse,
  BatchDeleteImageResponse,
  DescribeImagesResponse,
  GetAuthorizationTokenResponse,
  ListImagesResponse,
} from "@aws-sdk/client-ecr";
import { caller, doublePlatform } from "../../test/testing/double-platform.ts";
import { manualClock } from "../../test/testing/manual-clock.ts";
import type { OwnService } from "../service.ts";
import { digestOf } from "./blobs.ts";
import { createEcr } from "./service.ts";

const clock = manualClock(new Date("2026-05-20T10:00:00Z"));
let ecr: OwnService;
let origin: string;
let authorization: string;
const server = createServer((request, response) => {
  const plane = ecr.planes?.find((one) => one.claims(request));
  if (plane === undefined) response.writeHead(501).end();
  else void plane.serve(request, response);
});

before(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  ecr = await createEcr(await doublePlatform({ clock, port }));
  await ecr.start?.();
  const { authorizationData } = await caller(ecr)<GetAuthorizationTokenResponse>("GetAuthorizationToken");
  authorization = `Basic ${authorizationData?.[0]?.authorizationToken}`;
});
after(async () => {
  await ecr.stop?.();
  server.close();
  server.closeAllConnections();
});

const registry = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, origin), {
    method,
    headers: { authorization, ...headers },
    ...(body === undefined ? {} : { body }),
  });

async function pushBlob(repository: string, content: string): Promise<string> {
  const opened = await registry("POST", `/v2/${repository}/blobs/uploads/`);
  const location = opened.headers.get("location") ?? "";
  await registry("PATCH", location, content);
  const done = await registry("PUT", `${location}?digest=${digestOf(content)}`);
  assert.equal(done.status, 201);
  return digestOf(content);
}

const manifestType = "application/vnd.oci.image.manifest.v1+json";

async function imageOf(repository: string, layer: string): Promise<string> {
  const config = await pushBlob(repository, "{}");
  const digest = await pushBlob(repository, layer);
  return JSON.stringify({
    schemaVersion: 2,
    config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: config, size: 2 },
    layers: [{ mediaType: "application/vnd.oci.image.layer.v1.tar", digest, size: layer.length }],
  });
}

const push = (repository: string, reference: string, manifest: string) =>
  registry("PUT", `/v2/${repository}/manifests/${reference}`, manifest, { "content-type": manifestType });

async function codeOf(response: Response): Promise<string | undefined> {
  const { errors } = (await response.json()) as { errors: { code: string }[] };
  return errors[0]?.code;
}

test("only who logged in is served", async () => {
  const anonymous = await fetch(`${origin}/v2/`);
  assert.equal(anonymous.status, 401);
  assert.match(anonymous.headers.get("www-authenticate") ?? "", /^Basic realm=/);
  assert.equal((await registry("GET", "/v2/")).status, 200);
  const stranger = `Basic ${Buffer.from("root:secret").toString("base64")}`;
  assert.equal((await registry("GET", "/v2/", undefined, { authorization: stranger })).status, 401);
});

test("a push to a repository that does not exist fails", async () => {
  const response = await registry("POST", "/v2/nowhere/blobs/uploads/");
  assert.equal(response.status, 404);
  assert.equal(await codeOf(response), "NAME_UNKNOWN");
});

test("what is pushed is there by tag and digest, in the registry and in the API", async () => {
  const call = caller(ecr);
  await call("CreateRepository", { repositoryName: "shop/api" });
  const manifest = await imageOf("shop/api", "layer one");
  assert.equal((await push("shop/api", "v1", manifest)).status, 201);
  const pulled = await registry("GET", "/v2/shop/api/manifests/v1");
  assert.equal(pulled.headers.get("content-type"), manifestType);
  assert.equal(pulled.headers.get("docker-content-digest"), digestOf(manifest));
  assert.equal(await pulled.text(), manifest);
  const layer = await registry("GET", `/v2/shop/api/blobs/${digestOf("layer one")}`, undefined, {
    range: "bytes=6-",
  });
  assert.equal(layer.status, 206);
  assert.equal(await layer.text(), "one");
  const { imageDetails } = await call<DescribeImagesResponse>("DescribeImages", {
    repositoryName: "shop/api",
  });
  assert.deepEqual(imageDetails, [
    {
      registryId: "000000000000",
      repositoryName: "shop/api",
      imageDigest: digestOf(manifest),
      imageTags: ["v1"],
      imageSizeInBytes: 11,
      imagePushedAt: clock.now(),
      imageManifestMediaType: manifestType,
      artifactMediaType: "application/vnd.oci.image.config.v1+json",
      lastRecordedPullTime: clock.now(),
    },
  ]);
});

test("bytes with another digest are refused, and so is a manifest without its layers", async () => {
  await caller(ecr)("CreateRepository", { repositoryName: "strict" });
  const wrong = await registry("POST", `/v2/strict/blobs/uploads/?digest=${digestOf("a")}`, "b");
  assert.equal(await codeOf(wrong), "DIGEST_INVALID");
  const manifest = await imageOf("shop/api", "layer one");
  assert.equal(await codeOf(await push("strict", "v1", manifest)), "BLOB_UNKNOWN");
  const mounted = await registry(
    "POST",
    `/v2/strict/blobs/uploads/?mount=${digestOf("layer one")}&from=shop/api`,
  );
  assert.equal(mounted.status, 201);
});

test("PutImage adds a tag; an immutable tag stays", async () => {
  const call = caller(ecr);
  const repositoryName = "immutable";
  await call("CreateRepository", { repositoryName, imageTagMutability: "IMMUTABLE" });
  const manifest = await imageOf(repositoryName, "one");
  await push(repositoryName, "v1", manifest);
  await call("PutImage", {
    repositoryName,
    imageManifest: manifest,
    imageManifestMediaType: manifestType,
    imageTag: "release-1",
  });
  assert.deepEqual((await call<ListImagesResponse>("ListImages", { repositoryName })).imageIds, [
    { imageDigest: digestOf(manifest), imageTag: "release-1" },
    { imageDigest: digestOf(manifest), imageTag: "v1" },
  ]);
  const other = await imageOf(repositoryName, "two");
  assert.equal(await codeOf(await push(repositoryName, "v1", other)), "TAG_INVALID");
  await assert.rejects(call("PutImage", { repositoryName, imageManifest: other, imageTag: "v1" }), {
    code: "ImageTagAlreadyExistsException",
  });
  await assert.rejects(call("PutImage", { repositoryName, imageManifest: manifest, imageTag: "v1" }), {
    code: "ImageAlreadyExistsException",
  });
});

test("an image and the layers that only it had go together; shared ones stay", async () => {
  const call = caller(ecr);
  const repositoryName = "leaving";
  await call("CreateRepository", { repositoryName });
  await push(repositoryName, "v1", await imageOf(repositoryName, "only in one"));
  await push(repositoryName, "v2", await imageOf(repositoryName, "in two"));
  await assert.rejects(call("DeleteRepository", { repositoryName }), { code: "RepositoryNotEmptyException" });
  const { failures } = await call<BatchDeleteImageResponse>("BatchDeleteImage", {
    repositoryName,
    imageIds: [{ imageTag: "v1" }, { imageTag: "none" }],
  });
  assert.deepEqual(
    failures?.map((one) => one.failureCode),
    ["ImageNotFound"],
  );
  const layerDigests = [digestOf("only in one"), digestOf("{}"), digestOf("in two")];
  const { layers } = await call<BatchCheckLayerAvailabilityResponse>("BatchCheckLayerAvailability", {
    repositoryName,
    layerDigests,
  });
  assert.deepEqual(
    layers?.map((one) => one.layerAvailability),
    ["UNAVAILABLE", "AVAILABLE", "AVAILABLE"],
  );
  assert.equal((await registry("HEAD", `/v2/${repositoryName}/blobs/${digestOf("{}")}`)).status, 200);
  await call("DeleteRepository", { repositoryName, force: true });
  assert.equal((await registry("HEAD", `/v2/shop/api/blobs/${digestOf("{}")}`)).status, 200);
});

test("the lifecycle policy removes images within the hour", async () => {
  const call = caller(ecr);
  const repositoryName = "expiring";
  await call("CreateRepository", { repositoryName });
  const rules = [
    {
      rulePriority: 1,
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1 },
      action: { type: "expire" },
    },
  ];
  await call("PutLifecyclePolicy", { repositoryName, lifecyclePolicyText: JSON.stringify({ rules }) });
  await push(repositoryName, "v1", await imageOf(repositoryName, "old"));
  await clock.advance(1000);
  await push(repositoryName, "v2", await imageOf(repositoryName, "new"));
  await clock.advance(3600 * 1000);
  const { imageIds } = await call<ListImagesResponse>("ListImages", { repositoryName });
  assert.deepEqual(
    imageIds?.map((one) => one.imageTag),
    ["v2"],
  );
});
