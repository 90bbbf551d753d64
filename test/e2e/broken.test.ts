import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, type TestContext, test } from "node:test";
import { repository } from "../house/source-files.ts";
import { awsCall } from "./aws-call.ts";
import { type CommandLine, commandLine, type Run, secondsToFail, transcript } from "./command-line.ts";
import { freePort } from "./machine.ts";
import { sendVisitor, type Visitor } from "./visitor.ts";

/** What an edit makes of a project, and what its release must come to. */
interface Break {
  readonly what: string;
  /** File of the project, and what is replaced in it. */
  readonly edits: readonly (readonly [file: string, before: string | RegExp, after: string])[];
  readonly exitCode: 1 | 75;
  /** What stands on the screen: the reason, the container's last lines, the way out. */
  readonly screen: readonly RegExp[];
}

/** Seconds within which a release that fails ends by itself. */
const limit = 90;

const start = /const edition = .*/;
const untouched = /v1 serves on, untouched\./;
const putBack = /v1 serves on as before\./;

const breaks: readonly Break[] = [
  {
    what: "crashes at start",
    edits: [["app/server.js", start, '$&\nthrow new TypeError("the configuration lacks a database");']],
    exitCode: 1,
    screen: [
      /app: It ended with exit code 1, and again when it was started anew\./,
      / {2}│ TypeError: the configuration lacks a database/,
      putBack,
      /`freehold logs app --local`/,
    ],
  },
  {
    what: "is never healthy",
    edits: [["app/server.js", "404 : 200", "404 : 503"]],
    exitCode: 1,
    screen: [
      /app: .*health check: GET \/health on port 8000 was answered with 503, not 200-399\./,
      / {2}│ the first edition listens/,
      putBack,
      /services\.app\.x-freehold\.health/,
    ],
  },
  {
    what: "is asked for its health where it has none",
    edits: [["compose.yaml", "path: /health", "path: /helth"]],
    exitCode: 1,
    screen: [
      /app: .*health check: GET \/helth on port 8000 was answered with 404, not 200-399\./,
      putBack,
      /services\.app\.x-freehold\.health/,
    ],
  },
  {
    what: "is killed for memory",
    edits: [["app/server.js", start, "$&\nfor (const all = []; ; ) all.push(Buffer.alloc(2 ** 24, 1));"]],
    exitCode: 1,
    screen: [
      /app: It needs more memory than the 512 MiB it may have, and was killed\./,
      putBack,
      /services\.app\.deploy\.resources\.limits\.memory: 1024m/,
    ],
  },
  {
    what: "has a command that is not there",
    edits: [["compose.yaml", "build: ./app", "build: ./app\n    entrypoint: nodee"]],
    exitCode: 1,
    screen: [
      /`node migrate\.js` failed\. Its container cannot be started: .*nodee/,
      untouched,
      /services\.app\.command/,
    ],
  },
  {
    what: "has a migration that fails",
    edits: [["app/migrate.js", /^/, 'throw new RangeError("column greeting is there already");\n']],
    exitCode: 1,
    screen: [
      /services\.app\.x-freehold\.release: `node migrate\.js` failed\. It ended with exit code 1\./,
      / {2}│ RangeError: column greeting is there already/,
      untouched,
    ],
  },
  {
    what: "names an image that is nowhere",
    edits: [["compose.yaml", "build: ./app", "image: registry.invalid/cabin:1"]],
    exitCode: 75,
    screen: [
      /docker pull registry\.invalid\/cabin:1: The registry cannot be reached\./,
      / {2}│ .*no such host/,
    ],
  },
  {
    what: "needs a secret that is not set",
    edits: [["compose.yaml", "[GREETING]", "[GREETING, TOKEN]"]],
    exitCode: 1,
    screen: [/TOKEN: is declared by app but not set in dev/, /freehold secrets set TOKEN -e dev/],
  },
  {
    what: "finds no room for its tasks",
    edits: [
      ["compose.yaml", "memory: 512m", "memory: 120g"],
      ["compose.yaml", "      release: node migrate.js\n", ""],
    ],
    exitCode: 75,
    screen: [/app: AWS finds no place for its tasks: .*Capacity is unavailable/, putBack, /Try again later/],
  },
];

describe("a broken release", { timeout: 22 * 60_000 }, () => {
  let scratch = "";
  let project = "";
  let port = 0;
  let cli: CommandLine;
  let visitor: Visitor;

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "freehold-broken-"));
    project = join(scratch, "cabin");
    port = await freePort();
    await restore();
    cli = commandLine(project, {
      LOCAL_AWS_PORT: String(port),
      LOCAL_AWS_FOLDER: join(scratch, "local-aws"),
    });
    const set = await cli.run(["secrets", "set", "GREETING", "--local"], "hello");
    assert.equal(set.code, 0, transcript(set));
    const up = await cli.run(["up", "--local", "--yes"]);
    assert.equal(up.code, 0, transcript(up));
    const origin = /http:\/\/[a-z0-9]+\.cloudfront\.localhost:\d+/.exec(up.stdout)?.[0] ?? "";
    assert.notEqual(origin, "", transcript(up));
    visitor = sendVisitor(`${origin}/`);
  });

  after(async () => {
    await visitor?.leave();
    await cli.run(["local", "reset", "--yes"]);
    await rm(scratch, { recursive: true, force: true });
  });

  for (const one of breaks) {
    test(`that ${one.what} ends by itself and says why; the old one serves every request`, async (t) => {
      await edit(one.edits);
      const up = await cli.run(["up", "--local", "--yes"]);
      await restore();
      ended(t, up, one.exitCode);
      for (const pattern of one.screen) assert.match(up.stderr, pattern, transcript(up));
      await servesOn("v1", "first: hello");
    });
  }

  test("whose secret is deleted while it goes on ends by itself and says which", async (t) => {
    await edit([["app/server.js", "first", "second"]]);
    const SecretId = await secretOfEnvironment();
    const running = cli.run(["up", "--local", "--yes"], "", (text) => {
      // The release command needs the secret as well, and has ended.
      if (/release command/.test(text)) void secrets("DeleteSecret", { SecretId });
    });
    const up = await running;
    await secrets("RestoreSecret", { SecretId });
    await restore();
    ended(t, up, 1);
    assert.match(up.stderr, /app: The secret GREETING cannot be read: /, transcript(up));
    assert.match(up.stderr, /freehold secrets ls/, transcript(up));
    await servesOn("v1", "first: hello");
  });

  test("once mended is planned and released", async () => {
    await edit([["app/server.js", "first", "second"]]);
    const plan = await cli.run(["plan", "--local"]);
    assert.equal(plan.code, 0, transcript(plan));
    const up = await cli.run(["up", "--local", "--yes"]);
    assert.equal(up.code, 0, transcript(up));
    const answers = visitor.answers();
    assert.deepEqual([...new Set(answers)], ["200 first: hello", "200 second: hello"]);
    await servesOn("v2", "second: hello");
  });

  test("is not gone back to when its image is gone: nothing is touched", async (t) => {
    await forgetImages();
    const rollback = await cli.run(["rollback", "--local", "--yes"]);
    ended(t, rollback, 1);
    assert.match(rollback.stderr, /app: Its image, released in v1, is no longer in the repository/);
    assert.match(rollback.stderr, /run `freehold up --local`/);
    await servesOn("v2", "second: hello");
  });

  function ended(t: TestContext, run: Run, exitCode: number): void {
    const seconds = secondsToFail(run);
    const took = `${run.seconds.toFixed(0)} s in all, ${seconds.toFixed(0)} s of release`;
    t.diagnostic(`exit code ${run.code}, ${took}\n${run.stderr.trimEnd()}`);
    assert.equal(run.code, exitCode, transcript(run));
    assert.ok(seconds < limit, transcript(run));
  }

  async function servesOn(release: string, page: string): Promise<void> {
    const status = await cli.run(["status", "--local"]);
    const answers = visitor.answers();
    assert.match(status.stdout, new RegExp(`^dev: release ${release} of `), transcript(status));
    assert.ok(answers.length >= 10, `${answers.length} answers`);
    assert.deepEqual([...new Set(answers)], [`200 ${page}`]);
  }

  async function edit(edits: Break["edits"]): Promise<void> {
    for (const [file, from, to] of edits) {
      const text = await readFile(join(project, file), "utf8");
      const edited = text.replace(from, to);
      assert.notEqual(edited, text, `${file} has nothing to replace`);
      await writeFile(join(project, file), edited);
    }
  }

  async function restore(): Promise<void> {
    await cp(join(repository, "test/e2e/fixtures/cabin"), project, { recursive: true });
  }

  function secrets(operation: string, input: Readonly<Record<string, unknown>>): Promise<unknown> {
    return awsCall(port, "secretsmanager", `secretsmanager.${operation}`, input);
  }

  async function secretOfEnvironment(): Promise<string> {
    const { SecretList } = Object(await secrets("ListSecrets", {}));
    assert.ok(Array.isArray(SecretList) && SecretList.length === 1, JSON.stringify(SecretList));
    return String(Object(SecretList[0]).ARN);
  }

  /** Removes every image that was not pushed last. */
  async function forgetImages(): Promise<void> {
    const ecr = (operation: string, input: object) =>
      awsCall(port, "ecr", `AmazonEC2ContainerRegistry_V20150921.${operation}`, { ...input });
    const { repositories } = Object(await ecr("DescribeRepositories", {}));
    const { repositoryName } = Object(repositories[0]);
    const { imageDetails } = Object(await ecr("DescribeImages", { repositoryName }));
    const first = imageDetails.find(({ imageTags = [] }: { readonly imageTags?: readonly string[] }) =>
      imageTags.some((tag) => tag.startsWith("release-dev-v1-")),
    );
    await ecr("BatchDeleteImage", { repositoryName, imageIds: [{ imageDigest: first.imageDigest }] });
  }
});
