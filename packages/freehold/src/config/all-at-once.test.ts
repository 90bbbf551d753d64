import assert from "node:assert/strict";
import { test } from "node:test";
import { propertyRuns } from "../app/testing/property-runs.ts";
import { problemsOf } from "./testing/bad-files.ts";

/** A file without a mistake; each row of `mistakes` spoils one line of it. */
const good = `
services:
  api:
    build: ./api
    platform: linux/amd64
    ports: ["8000"]
    environment: { LOG: info }
    volumes: ["./api:/src"]
    stop_grace_period: 30s
    deploy: { resources: { limits: { cpus: "0.5" } } }
    depends_on: [db]
    restart: always
    x-freehold:
      path: /api
      health: /healthz
      scale: { min: 1 }
      uses: [files]
      secrets: [KEY]
      release: migrate
  nightly:
    image: busybox:1
    stop_grace_period: 20s
    x-freehold:
      schedule: "0 9 * * *"
      timezone: UTC
      uses: [files]
  web:
    build: { context: ./web }
    x-freehold:
      type: site
      path: /
      output: /srv
  db:
    image: postgres:16
    x-freehold: { size: db.t4g.micro }
  cache:
    image: valkey/valkey:8
    x-freehold:
      engine: valkey
      replicas: 0
volumes: { db: {} }
networks: {}
x-freehold:
  variables: { A: b }
  resources:
    files: { type: bucket }
    jobs: { type: queue, retention_days: 4 }
  collections:
    dev:
      region: us-east-1
      tags: { team: shop }
      environments:
        staging:
          services: { api: { scale: { min: 2 } } }
          variables: { C: d }
`;

interface Mistake {
  readonly line: string;
  readonly instead: string;
  readonly says: RegExp;
}

const mistakes: readonly Mistake[] = [
  { line: "    build: ./api", instead: "    build: /api", says: /is not a folder of the project/ },
  { line: "    build: ./api", instead: "    build: { contxt: ./api }", says: /contxt is not a setting/ },
  { line: "    platform: linux/amd64", instead: "    platform: sparc", says: /does not run on Fargate/ },
  { line: '    ports: ["8000"]', instead: "    ports: [abc]", says: /`abc` is no port/ },
  { line: '    ports: ["8000"]', instead: "    ports: [8000, 8001]", says: /has several ports/ },
  { line: "    environment: { LOG: info }", instead: "    environment: { LOG: [1] }", says: /environment/ },
  {
    line: '    volumes: ["./api:/src"]',
    instead: '    volumes: ["/run/docker.sock:/x"]',
    says: /no Docker socket/,
  },
  { line: "    stop_grace_period: 30s", instead: "    stop_grace_period: soon", says: /is no duration/ },
  {
    line: '    deploy: { resources: { limits: { cpus: "0.5" } } }',
    instead: "    deploy: { replicas: many }",
    says: /replicas must be a number/,
  },
  { line: "    depends_on: [db]", instead: "    depends_on: [bd]", says: /`bd` is no service/ },
  { line: "    depends_on: [db]", instead: "    depends_on: [api]", says: /waits for itself/ },
  { line: "    restart: always", instead: "    privileged: true", says: /no privileged container/ },
  { line: "    restart: always", instead: "    helthcheck: {}", says: /did you mean `healthcheck`/ },
  { line: "      path: /", instead: "      path: site", says: /must begin with `\/`/ },
  { line: "      path: /", instead: "      path: /api", says: /is answered by/ },
  { line: "      health: /healthz", instead: "      helth: /healthz", says: /did you mean `health`/ },
  { line: "      scale: { min: 1 }", instead: "      scale: { maxx: 1 }", says: /did you mean `max`/ },
  { line: "      uses: [files]", instead: "      uses: [fils]", says: /`fils` is no resource/ },
  { line: "      secrets: [KEY]", instead: "      secrets: [A-B]", says: /must be a variable's name/ },
  { line: "      release: migrate", instead: '      release: "it\'s"', says: /never closed/ },
  { line: "    image: busybox:1", instead: "    image: 7", says: /image must be a text/ },
  { line: "    stop_grace_period: 20s", instead: "    stop_grace_period: 500s", says: /is too long/ },
  { line: '      schedule: "0 9 * * *"', instead: '      schedule: "99 9 * * *"', says: /is no minute/ },
  { line: '      schedule: "0 9 * * *"', instead: "      schedule: [9]", says: /schedule must be a text/ },
  { line: "      timezone: UTC", instead: "      timezone: Mars", says: /is no time zone/ },
  { line: "    build: { context: ./web }", instead: "    build: { context: /web }", says: /is not a folder/ },
  { line: "      output: /srv", instead: "      output: srv", says: /must be a path inside the built image/ },
  { line: "      output: /srv", instead: "      outputs: /srv", says: /output is missing|outputs is not/ },
  { line: "    image: postgres:16", instead: "    image: postgres:9", says: /past the end of RDS support/ },
  {
    line: "    x-freehold: { size: db.t4g.micro }",
    instead: "    x-freehold: { size: big }",
    says: /must be an RDS class/,
  },
  { line: "    image: valkey/valkey:8", instead: "    image: valkey/valkey:3", says: /has no valkey 3/ },
  { line: "      replicas: 0", instead: "      replicas: 9", says: /9` is too large/ },
  { line: "volumes: { db: {} }", instead: "volumes: 7", says: /volumes must be a section/ },
  { line: "networks: {}", instead: "network: {}", says: /did you mean `networks`/ },
  { line: "  variables: { A: b }", instead: "  variables: { A: {} }", says: /must be a plain value/ },
  {
    line: "    files: { type: bucket }",
    instead: "    files: { type: bukket }",
    says: /did you mean `bucket`/,
  },
  {
    line: "    jobs: { type: queue, retention_days: 4 }",
    instead: "    jobs: { type: queue, retention: 4 }",
    says: /retention is not a setting/,
  },
  { line: "      region: us-east-1", instead: "      region: us-east-9", says: /us-east-9/ },
  { line: "      tags: { team: shop }", instead: "      tag: { team: shop }", says: /did you mean `tags`/ },
  {
    line: "          services: { api: { scale: { min: 2 } } }",
    instead: "          services: { apis: {} }",
    says: /`apis` is no service/,
  },
  { line: "          variables: { C: d }", instead: "          variable: { C: d }", says: /did you mean/ },
];

const spoil = (text: string, { line, instead }: Mistake) => text.replace(`${line}\n`, () => `${instead}\n`);

test("the file that is spoiled here is right", () => {
  assert.deepEqual(problemsOf(good), []);
});

test("each mistake is told at its line", () => {
  for (const mistake of mistakes) {
    const line = good.split("\n").indexOf(mistake.line) + 1;
    const problems = problemsOf(spoil(good, mistake));
    assert.ok(
      problems.some((problem) => problem.startsWith(`${line}:`)),
      problems.join("\n"),
    );
    for (const problem of problems) assert.match(problem, mistake.says);
  }
});

test("of any two mistakes both are told, and nothing else", () => {
  const alone = new Map(mistakes.map((mistake) => [mistake, problemsOf(spoil(good, mistake))]));
  for (const [one, other] of some(pairs(), propertyRuns(60))) {
    const told = problemsOf(spoil(spoil(good, one), other));
    const expected = [...(alone.get(one) ?? []), ...(alone.get(other) ?? [])];
    assert.deepEqual([...told].sort(), expected.sort(), `${one.instead.trim()} with ${other.instead.trim()}`);
  }
});

function pairs(): readonly (readonly [Mistake, Mistake])[] {
  return mistakes.flatMap((one, index) =>
    mistakes
      .slice(index + 1)
      .filter(({ line }) => line !== one.line)
      .map((other) => [one, other] as const),
  );
}

/** Evenly out of all of them; of more than there are, all. */
function some<Item>(all: readonly Item[], count: number): readonly Item[] {
  const step = Math.max(1, all.length / count);
  return Array.from(
    { length: Math.min(count, all.length) },
    (_, index) => all[Math.floor(index * step)],
  ).filter((item) => item !== undefined);
}
