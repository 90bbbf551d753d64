import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConfigFile } from "../app/config-file.ts";
import { largestConfig } from "./disk.ts";
import { problemsOf } from "./testing/bad-files.ts";
import { diskOf } from "./testing/disk.ts";
import { parse } from "./testing/parse.ts";

const disk = diskOf({
  "routes.yaml": "- /",
  "nginx.conf": "server {}",
  "start.sh": "#!/bin/sh",
  "keys/server.key": "-----BEGIN EC PRIVATE KEY-----",
  "app.ini": "[db]\npassword = hunter2hunter2\n",
  "template.ini": "[db]\npassword = ${DB_PASSWORD}\n",
  "app.sqlite3": "SQLite",
  "conf.d": { kind: "folder" },
  "linked.conf": { kind: "outside" },
  "big.json": { kind: "file", size: largestConfig + 1, isExecutable: false },
  "app.sock": { kind: "other" },
});

const file = (keys: string, rest = "") => `
services:
  a:
    image: nginx:1
${keys}
${rest}`;

function resolvedOf(keys: string, rest = "", variables: Readonly<Record<string, string>> = {}) {
  const application = parse(file(keys, rest), variables, disk);
  const [service] = application.collections[0]?.environments[0]?.services ?? [];
  assert.ok(service !== undefined && service.type !== "site");
  return { service, notes: application.notes.map(({ subject, message }) => `${subject}: ${message}`) };
}

const configsIn = (...file: Parameters<typeof resolvedOf>) => resolvedOf(...file).service.configs;

const root = { user: 0, group: 0 };

test("configs, short and long: from a file, from text with variables, from a variable", () => {
  const keys = `
    configs:
      - limits
      - { source: routes, target: /etc/routes.yaml, uid: "101", gid: 102, mode: 0440 }
      - { source: region, target: region }`;
  const rest = `
configs:
  routes: { file: ./routes.yaml }
  limits: { content: "rate: \${RATE:-50} $$host" }
  region: { environment: REGION }
  unused: { file: ./nowhere.yaml }`;
  const expected: readonly ConfigFile[] = [
    {
      path: "/etc/routes.yaml",
      content: { kind: "file", path: "routes.yaml" },
      mode: 0o440,
      owner: { user: 101, group: 102 },
    },
    { path: "/limits", content: { kind: "text", text: "rate: 50 $host" }, mode: 0o444, owner: root },
    { path: "/region", content: { kind: "text", text: "north" }, mode: 0o444, owner: root },
  ];
  assert.deepEqual(configsIn(keys, rest, { REGION: "north" }), expected);
});

test("a bind-mounted file is carried as it is, and may be run where it may at home", () => {
  const keys = `
    volumes:
      - ./nginx.conf:/etc/nginx/nginx.conf:ro
      - .\\\\start.sh:/start.sh
      - { type: bind, source: ./routes.yaml, target: /etc/routes.yaml, read_only: true }`;
  assert.deepEqual(
    configsIn(keys.replaceAll("\\\\", "\\"))?.map(({ path, content, mode }) => [
      path,
      content.kind === "file" ? content.path : "",
      mode.toString(8),
    ]),
    [
      ["/etc/nginx/nginx.conf", "nginx.conf", "644"],
      ["/etc/routes.yaml", "routes.yaml", "644"],
      ["/start.sh", "start.sh", "755"],
    ],
  );
});

const started = "services.a.volumes:";
const noted: readonly (readonly [mount: string, note: string])[] = [
  [
    "./conf.d:/etc/nginx/conf.d:ro",
    `${started} ./conf.d is not mounted on AWS, and an image that is pulled does not carry it: mount its files one by one, which carries them, \`COPY\` it to /etc/nginx/conf.d in a \`dockerfile_inline\`, or keep data that lasts in a named volume`,
  ],
  [
    "/etc/localtime:/etc/localtime:ro",
    `${started} /etc/localtime is not mounted on AWS: it is no part of the project`,
  ],
  ["~/.aws:/root/.aws", `${started} ~/.aws is not mounted on AWS: it is no part of the project`],
  ["./app.sock:/app.sock", `${started} ./app.sock is not mounted on AWS: it is no part of the project`],
  [
    "./data:/data",
    `${started} ./data is not mounted on AWS: it is missing, and Docker would make an empty folder of it`,
  ],
  [
    "./app.sqlite3:/app.sqlite3",
    `${started} ./app.sqlite3 is not carried to AWS: it holds data; what the container writes lasts in a named volume`,
  ],
];

for (const [mount, note] of noted)
  test(`not carried, and told: ${mount}`, () => {
    const { service, notes } = resolvedOf(`    volumes: ["${mount}"]`);
    assert.deepEqual(service.configs, undefined);
    assert.deepEqual(notes, [note]);
  });

test("a folder is in the image where it is in what that is built from, and nowhere else", () => {
  const text = (context: string) => `
services:
  a: { build: ${context}, volumes: ["./conf.d:/etc/conf.d"] }`;
  const note = (context: string) => parse(text(context), {}, disk).notes[0]?.message ?? "";
  assert.equal(note("."), "./conf.d is not mounted on AWS: the image carries what /etc/conf.d holds");
  assert.match(
    note("./api"),
    /^\.\/conf\.d is not mounted on AWS, and an image that is built from api does not carry it/,
  );
});

test("what looks like a secret is told, a reference to one is not", () => {
  const keys = `    volumes: [./keys/server.key:/tls/server.key, ./app.ini:/app.ini, ./template.ini:/template.ini]`;
  assert.deepEqual(
    resolvedOf(keys).notes.map((note) => note.replace(/ looks.*/, "")),
    ["services.a.volumes: /tls/server.key", "services.a.volumes: /app.ini"],
  );
});

test("files of what AWS manages are for home", () => {
  const { notes } = parse(
    `
services:
  db: { image: "postgres:17", volumes: [./pg.conf:/etc/pg.conf, ./init.sql:/docker-entrypoint-initdb.d/1.sql] }
  cache: { image: "valkey/valkey:8", configs: [tuning] }
configs: { tuning: { file: ./nowhere.conf } }`,
    {},
    disk,
  );
  const told = notes.filter(({ message }) => message.includes("at home alone"));
  assert.deepEqual(
    told.map(({ subject, message }) => `${subject}: ${message.split(":")[0]}`),
    ["services.db.volumes: ./pg.conf", "services.cache.configs: tuning"],
  );
  assert.match(notes.map(({ message }) => message).join(), /first scripts do not run on AWS/);
});

const stop = (signal: string) => resolvedOf(`    stop_signal: ${signal}`).service.stopSignal;

test("a stop signal by its name or number", () => {
  assert.deepEqual(["SIGQUIT", "quit", "3", "SIGRTMIN+3"].map(stop), [
    "SIGQUIT",
    "SIGQUIT",
    "3",
    "SIGRTMIN+3",
  ]);
});

test("a Dockerfile in the Compose file", () => {
  const [service] =
    parse(`
services:
  a:
    build:
      dockerfile_inline: |
        FROM nginx:1
        COPY conf.d /etc/nginx/conf.d`).collections[0]?.environments[0]?.services ?? [];
  assert.deepEqual(service?.type !== "site" && service?.image, {
    kind: "build",
    build: { context: ".", dockerfile: { text: "FROM nginx:1\nCOPY conf.d /etc/nginx/conf.d\n" }, args: {} },
  });
});

/** What is said of the configs of a service, whose list stands in line 5. */
const refused: readonly {
  readonly what: string;
  readonly keys: string;
  readonly rest?: string;
  readonly says: readonly string[];
}[] = [
  {
    what: "a config that is not there",
    keys: "    configs: [routs]",
    rest: "configs: { routes: { file: ./routes.yaml } }",
    says: [
      "5:15 services.a.configs `routs` is no config of this file // did you mean `routes`? (allowed: routes)",
    ],
  },
  {
    what: "a config of Docker's own store",
    keys: "    configs: [c]",
    rest: "configs: { c: { external: true } }",
    says: [
      "6:17 configs.c.external is in a store of Docker's, which AWS does not have // give it `file` or `content`; what is secret belongs under `secrets`",
    ],
  },
  {
    what: "a config that says nothing, and one that says too much",
    keys: "    configs: [none, two]",
    rest: "configs: { none: { name: x }, two: { file: ./routes.yaml, content: x } }",
    says: [
      "6:18 configs.none says nothing: write `file`, `content` or `environment`",
      "6:59 configs.two has both `file` and `content`; one can be",
    ],
  },
  {
    what: "a variable that is not set",
    keys: "    configs: [c]",
    rest: "configs: { c: { environment: NOWHERE } }",
    says: ["6:17 configs.c `NOWHERE` is not set in the shell or .env"],
  },
  {
    what: "files that cannot be carried",
    keys: "    configs: [folder, missing, outside, linked, big]",
    rest: `configs:
  folder: { file: ./conf.d }
  missing: { file: ./no.yaml }
  outside: { file: ../other.yaml }
  linked: { file: linked.conf }
  big: { file: big.json }`,
    says: [
      "7:13 configs.folder.file `./conf.d` is a folder; a config is one file // name a file in it",
      "8:14 configs.missing.file `./no.yaml` is missing // create it, or correct the path, which is relative to the Compose file",
      "9:14 configs.outside.file `../other.yaml` is outside of the project's folder, and what a release carries comes from there // copy it into the project",
      "10:13 configs.linked.file `linked.conf` is outside of the project's folder, and what a release carries comes from there // copy it into the project",
      "11:10 configs.big.file `big.json` is too large for a config: 11 MiB, and 10 MiB is the most // `COPY` it in the Dockerfile, or put it on a volume",
    ],
  },
  {
    what: "a bind-mounted file that is missing, and one that lies elsewhere",
    keys: "    volumes: [./no.conf:/etc/no.conf, ../b/c.conf:/c.conf]",
    says: [
      "5:15 services.a.volumes `./no.conf` is missing // create it, or correct the path, which is relative to the Compose file",
      "5:39 services.a.volumes `../b/c.conf` is outside of the project's folder, and what a release carries comes from there // copy it into the project",
    ],
  },
  {
    what: "two files in one place, by both ways",
    keys: "    configs: [{ source: c, target: /etc/nginx.conf }]\n    volumes: [./nginx.conf:/etc/nginx.conf, ./routes.yaml:/etc/nginx.conf/x]",
    rest: "configs: { c: { content: x } }",
    says: [
      "6:15 services.a.volumes `/etc/nginx.conf` is where another file lies as well",
      "6:45 services.a.volumes `/etc/nginx.conf/x` and `/etc/nginx.conf` cannot both be: one would be a folder",
    ],
  },
  {
    what: "a file that a volume or a folder in memory would hide",
    keys: "    tmpfs: /run\n    volumes: [data:/data, ./nginx.conf:/data/nginx.conf, ./routes.yaml:/run/routes.yaml]",
    rest: "volumes: { data: }",
    says: [
      "6:27 services.a.volumes `/data/nginx.conf` lies in the volume `data`, which hides on AWS what the image holds there // give it another target",
      "6:58 services.a.volumes `/run/routes.yaml` lies in the folder in memory `/run`, which hides on AWS what the image holds there // give it another target",
    ],
  },
  {
    what: "places that are not the image's, and no places",
    keys: "    volumes: [./nginx.conf:/etc/hosts, ./nginx.conf:/a/../b, './nginx.conf:/a$$b']",
    says: [
      "5:15 services.a.volumes `/etc/hosts` cannot be carried: it is written anew for each task // give it another target",
      "5:40 services.a.volumes `/a/../b` must be the absolute path of a file, of letters, digits and ._@+=,:%~()-",
      "5:62 services.a.volumes `/a$b` must be the absolute path of a file, of letters, digits and ._@+=,:%~()-",
    ],
  },
  {
    what: "a signal that is none",
    keys: "    stop_signal: SIGSTOPP",
    says: ["5:5 services.a.stop_signal `SIGSTOPP` is no signal of Linux; write it like `SIGQUIT`"],
  },
  {
    what: "two Dockerfiles",
    keys: "    build: { dockerfile: d, dockerfile_inline: FROM x }",
    says: ["5:29 services.a.build.dockerfile_inline and `dockerfile` are two; write one of them"],
  },
];

for (const { what, keys, rest, says } of refused)
  test(`refused: ${what}`, () => {
    assert.deepEqual(problemsOf(file(keys, rest).replace(/^\n/, "\n"), {}, disk), says);
  });
