import assert from "node:assert/strict";
import { test } from "node:test";
import { problemsOf } from "./testing/bad-files.ts";
import { notesOf, serviceOf } from "./testing/parse.ts";

const file = (keys: string) => `
services:
  a:
    image: nginx:1
    mem_limit: 1g
${keys}`;

const sandboxIn = (keys: string) => serviceOf(file(keys)).sandbox;

test("what Compose says of a container's kernel", () => {
  const keys = `
    init: true
    read_only: true
    cap_add: [CAP_SYS_PTRACE]
    cap_drop: [all, CAP_NET_RAW]
    ulimits: { nofile: { soft: 1024, hard: 65536 } }
    tmpfs: ["/tmp", "/run:size=1536k,noexec,mode=1777"]
`;
  assert.deepEqual(sandboxIn(keys), {
    init: true,
    readOnly: true,
    added: ["SYS_PTRACE"],
    dropped: ["ALL", "NET_RAW"],
    openFiles: { soft: 1024, hard: 65_536 },
    inMemory: [
      { path: "/tmp", options: [], size: 512 },
      { path: "/run", options: ["noexec", "mode=1777"], size: 2 },
    ],
  });
});

test("a folder in memory at greater length", () => {
  const keys = `
    volumes:
      - { type: tmpfs, target: /cache, tmpfs: { size: 64m, mode: 01777 } }
      - { type: tmpfs, target: /scratch }`;
  assert.deepEqual(sandboxIn(keys), {
    inMemory: [
      { path: "/cache", options: ["mode=01777"], size: 64 },
      { path: "/scratch", options: [], size: 512 },
    ],
  });
  assert.deepEqual(notesOf(file(keys)), []);
});

test("one number is both limits, and one folder needs no list", () => {
  assert.deepEqual(sandboxIn("    ulimits: { nofile: 4096 }\n    tmpfs: /run:size=64m"), {
    openFiles: { soft: 4096, hard: 4096 },
    inMemory: [{ path: "/run", options: [], size: 64 }],
  });
});

test("what is as it is anyway says nothing", () => {
  assert.equal(sandboxIn("    init: false\n    read_only: false\n    cap_drop: []"), undefined);
});

test("a limit that Fargate does not let one set is told", () => {
  const notes = notesOf(file("    ulimits: { nproc: 65535 }"));
  assert.deepEqual(
    notes.filter((note) => note.includes("nproc")),
    ["services.a.ulimits.nproc: cannot be set on Fargate, which has its own; only `nofile` can"],
  );
});

const bad: readonly (readonly [string, RegExp])[] = [
  ["    tmpfs: tmp", /6:5 services.a.tmpfs `tmp` is no path inside the container/],
  ["    tmpfs: /tmp:size=lots", /`lots` is no size/],
  ["    tmpfs: [/tmp:encrypted]", /`encrypted` is no option of a folder in memory/],
];
for (const [keys, says] of bad)
  test(`refused: ${keys.trim()}`, () => assert.match(problemsOf(file(keys))[0] ?? "", says));

test("of all capabilities that are taken, those a container has anyway can be left", () => {
  const taken = sandboxIn("    cap_drop: [ALL]\n    cap_add: [NET_BIND_SERVICE, CHOWN, CAP_SETUID, setgid]");
  assert.deepEqual(taken, {
    dropped: "AUDIT_WRITE DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_RAW SETFCAP SETPCAP SYS_CHROOT".split(
      " ",
    ),
  });
  assert.equal(sandboxIn("    cap_add: [CHOWN]"), undefined);
  assert.deepEqual(sandboxIn("    cap_add: [SYS_PTRACE]\n    cap_drop: [ALL]"), {
    added: ["SYS_PTRACE"],
    dropped: ["ALL"],
  });
});

test("what is said for home alone is told", () => {
  const gateway = "    extra_hosts: ['host.docker.internal:host-gateway']";
  const asMap = "    extra_hosts: { host.docker.internal: host-gateway }";
  const told = ["services.a.extra_hosts: names the laptop, which nothing on AWS reaches"];
  assert.deepEqual(notesOf(file(gateway)), told);
  assert.deepEqual(notesOf(file(asMap)), told);
  assert.deepEqual(notesOf(file("    security_opt: ['no-new-privileges:true']")), [
    "services.a.security_opt: no-new-privileges cannot be set on Fargate; `user` and `cap_drop` take a program's rights as well",
  ]);
  assert.deepEqual(notesOf(file("    security_opt: ['no-new-privileges=false']")), []);
});

test("what would change a host is refused", () => {
  assert.deepEqual(problemsOf(file("    extra_hosts: ['db.example:10.0.0.7']")), [
    "6:19 services.a.extra_hosts[0] Fargate lets no task change /etc/hosts; use real host names",
  ]);
  assert.deepEqual(problemsOf(file("    security_opt: ['seccomp:unconfined']")), [
    "6:20 services.a.security_opt[0] Fargate takes no security options; remove it",
  ]);
});
