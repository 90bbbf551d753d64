import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { IAM } from "@aws-sdk/client-iam";
import { definition, type EcsHouse, linesOf, openEcsHouse, runOnce } from "./ecs-house.ts";

let house: EcsHouse;
before(async () => {
  house = await openEcsHouse();
  await house.secrets.createSecret({ Name: "own", SecretString: "own value" });
  await house.secrets.createSecret({ Name: "foreign", SecretString: "foreign value" });
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const iam = new IAM({ endpoint: `http://127.0.0.1:${house.port}`, region: "us-east-1", credentials });
  const own = "arn:aws:secretsmanager:us-east-1:123456789012:secret:own-??????";
  await iam.putRolePolicy({
    RoleName: "task",
    PolicyName: "own",
    PolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: own }],
    }),
  });
});
after(() => house.close());

/** Signs as an SDK does, so that the image needs none. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
const signer = `
  const { createHash, createHmac } = require("node:crypto");
  const sha = (text) => createHash("sha256").update(text).digest("hex");
  const mac = (key, text) => createHmac("sha256", key).update(text).digest();
  const endpoint = process.env.AWS_ENDPOINT_URL;
  async function call(keys, service, path, headers, body = "", method = "POST") {
    const date = new Date().toISOString().replace(/[-:]|\\.\\d{3}/g, "");
    const all = { host: new URL(endpoint).host, "x-amz-date": date, "x-amz-security-token": keys.Token, ...headers };
    const names = Object.keys(all).sort();
    const canonical = [method, path, "", ...names.map((name) => name + ":" + all[name]), "", names.join(";"), sha(body)].join("\\n");
    const scope = [date.slice(0, 8), "us-east-1", service, "aws4_request"];
    const text = ["AWS4-HMAC-SHA256", date, scope.join("/"), sha(canonical)].join("\\n");
    const signature = mac(scope.reduce(mac, "AWS4" + keys.SecretAccessKey), text).toString("hex");
    const authorization = "AWS4-HMAC-SHA256 Credential=" + keys.AccessKeyId + "/" + scope.join("/") +
      ", SignedHeaders=" + names.join(";") + ", Signature=" + signature;
    const answer = await fetch(endpoint + path, { method, headers: { ...all, authorization }, body: method === "POST" ? body : undefined });
    return { status: answer.status, body: await answer.text() };
  }
  const json = (target, body) => [{ "content-type": "application/x-amz-json-1.1", "x-amz-target": target }, JSON.stringify(body)];
  const form = (body) => [{ "content-type": "application/x-www-form-urlencoded" }, new URLSearchParams(body).toString()];
`;

test("from inside a task: its own secret is read; nothing else is read, made or removed", async () => {
  const script = `${signer}
    const base = "http://169.254.170.2";
    (async () => {
      const keys = await (await fetch(base + process.env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)).json();
      const say = async (what, answer) => console.log(what, (await answer).status, (await answer).body.slice(0, 60).replaceAll("\\n", " "));
      const secret = (id) => call(keys, "secretsmanager", "/", ...json("secretsmanager.GetSecretValue", { SecretId: id }));
      const ecs = (name, body) => call(keys, "ecs", "/", ...json("AmazonEC2ContainerServiceV20141113." + name, body));
      console.log("own", JSON.parse((await secret("own")).body).SecretString);
      await say("foreign", secret("foreign"));
      await say("list", call(keys, "secretsmanager", "/", ...json("secretsmanager.ListSecrets", {})));
      await say("RunTask", ecs("RunTask", { taskDefinition: "inside", cluster: "house" }));
      await say("RegisterTaskDefinition", ecs("RegisterTaskDefinition", { family: "x", containerDefinitions: [] }));
      await say("DeleteDBInstance", call(keys, "rds", "/", ...form({ Action: "DeleteDBInstance", Version: "2014-10-31", DBInstanceIdentifier: "db", SkipFinalSnapshot: "true" })));
      await say("CreateFunction", call(keys, "cloudfront", "/2020-05-31/function", { "content-type": "text/xml" }, "<CreateFunctionRequest><Name>f</Name><FunctionConfig><Comment>c</Comment><Runtime>cloudfront-js-2.0</Runtime></FunctionConfig><FunctionCode>eA==</FunctionCode></CreateFunctionRequest>"));
      await say("reset signed", call(keys, "s3", "/moto-api/reset", {}));
      const plain = (path, init) => fetch(endpoint + path, init).then(async (one) => ({ status: one.status, body: await one.text() }));
      await say("reset", plain("/moto-api/reset", { method: "POST" }));
      await say("registry", plain("/v2/"));
      await say("local", plain("/_local"));
      const other = process.env.OTHER_METADATA;
      await say("metadata", fetch(base + other).then(async (one) => ({ status: one.status, body: await one.text() })));
    })().catch((error) => console.log("failed", error));`;
  const first = await runOnce(
    house,
    definition(house, "other", { entryPoint: ["node", "-e"], command: ["0"] }),
  );
  const task = await runOnce(
    house,
    definition(house, "inside", {
      entryPoint: ["node", "-e"],
      command: [script],
      environment: [{ name: "OTHER_METADATA", value: `/v4/${first.taskArn?.split("/").at(-1)}-0` }],
    }),
  );
  const lines = await linesOf(house, task);
  const heads = lines.map((line) => line.split(" ").slice(0, 3).join(" "));
  assert.equal(lines[0], "own own value", lines.join("\n"));
  assert.deepEqual(
    lines.slice(1).map((line) => /^(.*?) (\d{3}) /.exec(line)?.slice(1).join(" ")),
    [
      "foreign 400",
      "list 400",
      "RunTask 400",
      "RegisterTaskDefinition 400",
      "DeleteDBInstance 403",
      "CreateFunction 403",
      "reset signed 403",
      "reset 403",
      "registry 403",
      "local 403",
      "metadata 404",
    ],
    heads.join("\n"),
  );
  assert.equal((await house.secrets.getSecretValue({ SecretId: "foreign" })).SecretString, "foreign value");
});
