import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { callFreehold, type Place, type Said } from "./testing/call-freehold.ts";

/** What is wrong around the command, and what the reader is told: the message, and the way out. */
interface Row {
  readonly name: string;
  readonly verb: readonly string[];
  readonly compose?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Programs on the PATH, as shell scripts. */
  readonly programs?: Readonly<Record<string, string>>;
  /** What AWS answers: to the question who calls, and to every other call. */
  readonly sts?: Answer;
  readonly others?: Answer;
  readonly says: RegExp;
  readonly hints: RegExp;
  /** 1 where nothing is said. */
  readonly exitCode?: 75;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

const web = "services: { api: { image: 'node:24', ports: ['80'] } }\n";
const keys = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "x" };
const terraform = (version: string) => `#!/bin/sh\necho '{"terraform_version":"${version}"}'\n`;
const docker = "#!/bin/sh\necho 26.1.5\n";
const noDocker = "#!/bin/sh\necho 'Cannot connect to the Docker daemon' >&2\nexit 1\n";
const collection = (settings: string) =>
  `${web}x-freehold: { collections: { dev: { ${settings}, environments: { dev: {} } } } }\n`;

const ada = identity("arn:aws:iam::111111111111:user/ada");

const rows: readonly Row[] = [
  {
    name: "no credentials",
    verb: ["plan"],
    says: /AWS credentials: There are none that work/,
    hints: /aws configure sso.*--local/s,
  },
  {
    name: "an old Node first on the PATH, which local-aws is not run by",
    verb: ["local", "status"],
    environment: { LOCAL_AWS_FOLDER: join(tmpdir(), "freehold-no-local-aws") },
    programs: { node: "#!/bin/sh\necho 'SyntaxError: too old' >&2\nexit 1\n" },
    says: /Nothing runs/,
    hints: /starts it/,
  },
  {
    name: "no Terraform",
    verb: ["up"],
    environment: keys,
    programs: { docker },
    says: /neither terraform nor tofu is on the PATH/,
    hints: /developer\.hashicorp\.com\/terraform\/install/,
  },
  {
    name: "a Terraform that is too old",
    verb: ["up"],
    environment: keys,
    programs: { docker, terraform: terraform("1.5.7") },
    says: /terraform 1\.5\.7 is too old/,
    hints: /developer\.hashicorp\.com\/terraform\/install/,
  },
  {
    name: "no Docker engine",
    verb: ["up"],
    environment: keys,
    programs: { docker: noDocker, terraform: terraform("1.11.4") },
    says: /No Docker engine answers/,
    hints: /start Docker Desktop/,
  },
  {
    name: "nobody at the endpoint",
    verb: ["plan"],
    environment: { ...keys, AWS_ENDPOINT_URL: "http://127.0.0.1:9" },
    says: /AWS does not say who calls/,
    hints: /freehold local start/,
    exitCode: 75,
  },
  {
    name: "a region that does not exist",
    verb: ["check"],
    compose: collection("region: us-esat-1"),
    says: /us-esat-1/,
    hints: /us-east-1/,
  },
  ...["check", "plan", "up"].map((verb) => ({
    name: `a build context that is not there, at ${verb}`,
    verb: [verb],
    compose: web.replace("image: 'node:24'", "build: ./nowhere"),
    environment: keys,
    programs: { docker, terraform: terraform("1.11.4") },
    sts: ada,
    others: { status: 404, body: "<Error><Code>NoSuchKey</Code></Error>" },
    says: /compose\.yaml:\d+:\d+ +services\.api\.build\.context `nowhere` is missing: \D+ is not in \S+freehold-surroundings/,
    hints: /create the folder, or correct the path/,
  })),
  {
    name: "moto missing",
    verb: ["status", "--local"],
    says: /local-aws start: Moto is not installed\./,
    hints: /Put `moto_server` on the PATH/,
  },
  {
    name: "local-aws not running",
    verb: ["local", "status"],
    says: /local-aws status: Nothing runs\./,
    hints: /local-aws start/,
  },
  {
    name: "root credentials",
    verb: ["plan"],
    environment: keys,
    sts: identity("arn:aws:iam::111111111111:root"),
    says: /root credentials/,
    hints: /IAM role or user/,
  },
  {
    name: "another account than the file names",
    verb: ["plan"],
    compose: collection('account: "222222222222"'),
    environment: keys,
    sts: ada,
    says: /account 222222222222, the credentials are of 111111111111/,
    hints: /AWS_PROFILE/,
  },
  {
    name: "expired credentials",
    verb: ["plan"],
    environment: keys,
    sts: refusal("ExpiredToken", "The security token included in the request is expired"),
    says: /AWS credentials: There are none that work: The security token .* is expired/,
    hints: /aws configure sso/,
  },
  {
    name: "a clock that goes wrong",
    verb: ["plan"],
    environment: keys,
    sts: refusal("SignatureDoesNotMatch", "Signature expired: 20260101T000000Z is now earlier than"),
    says: /sts:GetCallerIdentity: This machine's clock is not AWS's.*Signature expired/,
    hints: /timedatectl set-ntp true/,
  },
  {
    name: "no network",
    verb: ["plan"],
    environment: { ...keys, AWS_ENDPOINT_URL: "http://nowhere.invalid" },
    says: /AWS does not say who calls: .*nowhere\.invalid/,
    hints: /the network/,
    exitCode: 75,
  },
  {
    name: "one call that is not allowed",
    verb: ["secrets", "set", "TOKEN"],
    environment: keys,
    sts: ada,
    others: {
      status: 400,
      body: JSON.stringify({
        __type: "AccessDeniedException",
        message: "User: arn:aws:iam::111111111111:user/ada is not authorized to perform this",
      }),
    },
    says: /secrets-?manager:\w+ \(.+\): AWS does not allow it: User: .*ada is not authorized/,
    hints: /Allow this action to the role or user that calls.*AWS_PROFILE/,
  },
];

function refusal(code: string, message: string): Answer {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status: 403, body: `<ErrorResponse>${error}</ErrorResponse>` };
}

describe("what is wrong around the command is told in one message with the way out", () => {
  let aws: Server;
  let endpoint = "";
  let row: Row | undefined;
  before(async () => {
    aws = createServer((request, response) => {
      const isSts = request.headers.authorization?.includes("/sts/") === true;
      const { status, body } = (isSts ? row?.sts : row?.others) ?? { status: 500, body: "" };
      response.writeHead(status, isSts ? {} : { "content-type": "application/x-amz-json-1.1" }).end(body);
    });
    await new Promise<void>((resolve) => aws.listen(0, "127.0.0.1", resolve));
    const address = aws.address();
    endpoint = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  });
  after(() => aws.close());

  for (const one of rows) {
    test(one.name, async () => {
      row = one;
      const own = one.sts === undefined ? {} : { AWS_ENDPOINT_URL: endpoint };
      const { status, stderr } = await freehold(one, { ...one.environment, ...own });
      assert.equal(status, one.exitCode ?? 1, stderr);
      const text = stderr.replaceAll(/\s+/g, " ");
      assert.match(text, one.says);
      assert.match(text, one.hints);
      assert.doesNotMatch(stderr, /^\s+at /m, "no stack trace");
    });
  }
});

async function freehold(row: Row, environment: Place["environment"]): Promise<Said> {
  const folder = mkdtempSync(join(tmpdir(), "freehold-surroundings-"));
  const programs = mkdtempSync(join(tmpdir(), "freehold-programs-"));
  writeFileSync(join(folder, "compose.yaml"), row.compose ?? web);
  for (const [name, script] of Object.entries(row.programs ?? {})) {
    writeFileSync(join(programs, name), script);
    chmodSync(join(programs, name), 0o755);
  }
  const around = {
    PATH: `${programs}:${row.programs === undefined ? dirname(process.execPath) : "/bin"}`,
    HOME: folder,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_MAX_ATTEMPTS: "1",
    ...environment,
  };
  try {
    return await callFreehold(row.verb, { folder, environment: around, input: "a value" });
  } finally {
    for (const one of [folder, programs]) rmSync(one, { recursive: true });
  }
}

function identity(arn: string): Answer {
  const account = arn.split(":")[4] ?? "";
  const result = `<Arn>${arn}</Arn><UserId>AIDA</UserId><Account>${account}</Account>`;
  const body = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`;
  return { status: 200, body };
}
