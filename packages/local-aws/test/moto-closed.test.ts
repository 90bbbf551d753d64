import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { IAM } from "@aws-sdk/client-iam";
import { type MotoHouse, openMotoHouse } from "./testing/moto-house.ts";

const iam = (endpoint: string) =>
  new IAM({ endpoint, region: "us-east-1", credentials: { accessKeyId: "AK", secretAccessKey: "s" } });

describe("what of moto nobody reaches", () => {
  let folder = "";
  let house: MotoHouse;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "moto-closed-"));
    house = await openMotoHouse(folder);
  });
  after(async () => {
    await house.close();
    await rm(folder, { recursive: true, force: true });
  });

  const authorization = (service: string) =>
    `AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const closed = [
    { method: "POST", path: "/moto-api/reset" },
    { method: "GET", path: "/moto-api/data.json" },
    { method: "GET", path: "/%6doto-api/data.json" },
    { method: "POST", path: "/moto-api" },
    { method: "GET", path: "/latest/meta-data/iam/security-credentials/" },
  ];
  for (const { method, path } of closed) {
    for (const service of ["s3", "moto-api"]) {
      test(`${method} ${path}, signed for ${service}`, async () => {
        const headers = { authorization: authorization(service) };
        const answer = await fetch(`${house.endpoint}${path}`, { method, headers });
        assert.ok([403, 404].includes(answer.status), `${answer.status} ${await answer.text()}`);
      });
    }
  }

  test("a service that an unsigned request names in its path", async () => {
    const body = new FormData();
    body.set("Action", "CreateUser");
    body.set("UserName", "planted");
    const path = "/iam_us-east-1/?Action=CreateUser&UserName=planted&Version=2010-05-08";
    await fetch(`${house.endpoint}${path}`, { method: "POST", body });
    await fetch(`${house.endpoint}/iam_us-east-1/`, { method: "POST", body });
    const { Users = [] } = await iam(house.endpoint).listUsers();
    assert.deepEqual(Users, []);
  });
});
