import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseApplication } from "./parse.ts";
import { environmentOf, notesOf, parse, serviceOf } from "./testing/parse.ts";

const root = new URL("../../../../examples/shop/", import.meta.url);

test("the shop becomes what its golden file says", () => {
  const text = readFileSync(new URL("compose.yaml", root), "utf8");
  const application = parseApplication([{ path: "compose.yaml", text }], { folder: "shop", variables: {} });
  const golden = readFileSync(new URL("fixtures/shop.json", import.meta.url), "utf8");
  assert.equal(`${JSON.stringify(application, null, 2)}\n`, golden);
});

test("a plain Compose file needs nothing more", () => {
  const application = parse('services: {a: {image: nginx:1, ports: ["80"]}}');
  assert.equal(application.name, "shop1");
  assert.deepEqual(
    application.collections.map(({ name, region, environments }) => [
      name,
      region,
      environments.map((one) => one.name),
    ]),
    [["default", "us-east-1", ["dev"]]],
  );
});

test("the order of a file changes nothing", () => {
  const forth = parse(
    "services: {a: {image: x}, b: {image: y}}\nx-freehold: {resources: {q: {type: queue}}}",
  );
  const back = parse("x-freehold: {resources: {q: {type: queue}}}\nservices: {b: {image: y}, a: {image: x}}");
  assert.equal(JSON.stringify(forth), JSON.stringify(back));
});

test("anchors and merge keys: one's own value wins, then the first merged", () => {
  const text = `
x-one: &one { image: one, user: "1" }
x-two: &two { image: two, working_dir: /two }
services:
  a:
    <<: [*one, *two]
    user: me
`;
  const { image, user, workingDirectory } = serviceOf(text);
  assert.deepEqual([image, user, workingDirectory], [{ kind: "image", reference: "one" }, "me", "/two"]);
});

test("build: a folder, or all of it", () => {
  const short = serviceOf("services: {a: {build: ./api/}}").image;
  assert.deepEqual(short, { kind: "build", build: { context: "api", dockerfile: "Dockerfile", args: {} } });
  const long =
    "services: {a: {image: name, build: {context: ., dockerfile: ./d/F, target: t, args: [B=2, A=1]}}}";
  assert.deepEqual(serviceOf(long).image, {
    kind: "build",
    build: { context: ".", dockerfile: "d/F", target: "t", args: { A: "1", B: "2" } },
  });
});

test("commands are split as Compose does and never touched by a shell", () => {
  const a = serviceOf(
    `services: {a: {image: x, command: 'sh -c "echo $$HOME" ''a b''', entrypoint: [e, 1]}}`,
  );
  assert.deepEqual(a.command, ["sh", "-c", "echo $HOME", "a b"]);
  assert.deepEqual(a.entrypoint, ["e", "1"]);
});

test("a release command gets a shell where it needs one", () => {
  const release = (text: string) =>
    serviceOf(`services: {a: {image: x, x-freehold: {release: ${JSON.stringify(text)}}}}`).release;
  assert.deepEqual(release("python manage.py migrate 'a b'"), ["python", "manage.py", "migrate", "a b"]);
  assert.deepEqual(release("a && b"), ["sh", "-c", "a && b"]);
  assert.deepEqual(release("DEBUG=1 a"), ["sh", "-c", "DEBUG=1 a"]);
  assert.deepEqual(release("echo 'a | b'"), ["echo", "a | b"]);
});

test("sizes mean what they say and are raised with a note", () => {
  const size = (body: string) => serviceOf(`services: {a: {image: x, ${body}}}`).size;
  assert.deepEqual(size(""), { cpu: 256, memory: 512 });
  assert.deepEqual(size("mem_limit: 2g"), { cpu: 256, memory: 2048 });
  assert.deepEqual(size("mem_limit: 8Gi"), { cpu: 1024, memory: 8192 });
  assert.deepEqual(size("mem_limit: 1.5gb"), { cpu: 256, memory: 2048 });
  assert.deepEqual(size("mem_limit: 512Mi"), { cpu: 256, memory: 512 });
  assert.deepEqual(size("mem_limit: 1024"), { cpu: 256, memory: 512 });
  assert.deepEqual(size('deploy: {resources: {limits: {cpus: "1.5", memory: 1g}}}'), {
    cpu: 2048,
    memory: 4096,
  });
  assert.deepEqual(size("deploy: {resources: {reservations: {cpus: 1}}}"), { cpu: 1024, memory: 2048 });
  assert.deepEqual(size("mem_limit: 4g, x-freehold: {memory: 1g}"), { cpu: 256, memory: 1024 });
  assert.deepEqual(size('cpus: "4", x-freehold: {cpus: "0.5"}'), { cpu: 512, memory: 1024 });
  assert.deepEqual(notesOf("services: {a: {image: x, mem_limit: 600m}}"), [
    "services.a: asks for 600 MiB; the next size on Fargate is 0.25 vCPU, 1 GiB",
  ]);
  assert.deepEqual(notesOf("services: {a: {image: x, mem_limit: 1024}}"), [
    "services.a: asks for 1024 bytes (a bare number is bytes); the next size on Fargate is 0.25 vCPU, 512 MiB",
  ]);
});

test("ports in every form", () => {
  const port = (list: string) => {
    const service = serviceOf(`services: {a: {image: x, ports: [${list}]}}`);
    return service.type === "web" ? service.port : service.type;
  };
  const forms = [
    "8000",
    '"8080:8000"',
    '"0.0.0.0:8080:8000"',
    '"8000/tcp"',
    '"[::]:80:8000"',
    "{target: 8000}",
  ];
  assert.deepEqual(
    forms.map(port),
    forms.map(() => 8000),
  );
  assert.equal(port('"80:8000", "53:53/udp"'), 8000);
});

test("the health check, by default and as told", () => {
  const health = (settings: string) => {
    const service = serviceOf(`services: {a: {image: x, ports: [80], x-freehold: {${settings}}}}`);
    return service.type === "web" ? service.health : undefined;
  };
  const usual = { interval: 5, timeout: 4, healthy: 2, unhealthy: 5, grace: 60 };
  assert.deepEqual(health(""), { path: "/", codes: "200-499", ...usual });
  assert.deepEqual(health("health: /up"), { path: "/up", codes: "200-399", ...usual });
  assert.equal(health("health: /up/")?.path, "/up/");
  assert.equal(health("health: {path: /up/}")?.path, "/up/");
  assert.deepEqual(health("health: {path: /up, codes: '204', interval: 10s, unhealthy: 3}"), {
    ...usual,
    path: "/up",
    codes: "204",
    interval: 10,
    unhealthy: 3,
  });
});

test("several files: later ones lie over earlier ones", () => {
  const files = [
    {
      path: "a.yml",
      text: "services: {a: {image: x, command: [one, two], environment: {A: '1', B: '1'}, ports: [80]}}",
    },
    { path: "b.yml", text: "services: {a: {image: y, command: [three], environment: [B=2]}}" },
  ];
  const [a] =
    parseApplication(files, { folder: "f", variables: {} }).collections[0]?.environments[0]?.services ?? [];
  assert.ok(a?.type === "web");
  assert.deepEqual(
    [a.image, a.command, a.variables["A"], a.variables["B"]],
    [{ kind: "image", reference: "y" }, ["three"], "1", "2"],
  );
});

test("a left-out service takes nothing with it", () => {
  const { services } = environmentOf(
    "services: {a: {image: x, depends_on: [b]}, b: {image: y, x-freehold: {type: ignore}}}",
  );
  assert.deepEqual(
    services.map(({ name }) => name),
    ["a"],
  );
});
