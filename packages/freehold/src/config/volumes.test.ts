import assert from "node:assert/strict";
import { test } from "node:test";
import type { Application, ContainerService, Resource } from "../app/application.ts";
import { containerServices } from "../app/find.ts";
import { problemsOf } from "./testing/bad-files.ts";
import { parse } from "./testing/parse.ts";

function container(application: Application, name: string): ContainerService {
  const service = application.collections
    .flatMap((collection) => collection.environments.flatMap(containerServices))
    .find((one) => one.name === name);
  assert.ok(service !== undefined);
  return service;
}

function volumesOf({ collections }: Application): readonly Resource[] {
  const environments = collections.flatMap((one) => one.environments);
  return environments.flatMap((one) => one.resources.filter(({ type }) => type === "volume"));
}

function notesOn({ notes }: Application, subject: string): readonly string[] {
  return notes.filter((one) => one.subject === subject).map((one) => one.message);
}

test("a named volume becomes a resource, and each service has it where the file says", () => {
  const application = parse(`
services:
  web: { image: wordpress:6, ports: ["80"], volumes: ["web:/var/www/html", "web:/srv/again:ro"] }
  backup:
    image: x
    volumes:
      - { type: volume, source: web, target: /from, read_only: true, volume: { subpath: wp-content/uploads } }
volumes: { web: { driver: local }, unused: }`);
  assert.deepEqual(container(application, "web").mounts, [
    { volume: "web", path: "/srv/again", readOnly: true },
    { volume: "web", path: "/var/www/html", readOnly: false },
  ]);
  assert.deepEqual(container(application, "backup").mounts, [
    { volume: "web", path: "/from", readOnly: true, subpath: "wp-content/uploads" },
  ]);
  assert.deepEqual(volumesOf(application), [
    { type: "volume", name: "web", backups: true, throughput: "elastic", reason: "a container mounts it" },
  ]);
});

test("the data of what AWS manages needs no volume, also one of its own name", () => {
  const application = parse(`
services:
  api: { image: x, depends_on: [db] }
  db: { image: "postgres:17", volumes: ["db:/var/lib/postgresql/data"] }
volumes: { db: {} }`);
  assert.deepEqual(volumesOf(application), []);
  assert.deepEqual(container(application, "api").mounts, []);
});

test("a volume of `resources` lies at /mnt, or where the file mounts it, and the variable says where", () => {
  const application = parse(`
services:
  api: { image: x, x-freehold: { uses: [user-files, more] }, volumes: ["more:/data"] }
  other: { image: x, volumes: ["bundle:/keeps"] }
volumes: { bundle: {}, more: {} }
x-freehold: { resources: { user-files: { type: volume, backups: false, throughput: bursting } } }`);
  const api = container(application, "api");
  assert.deepEqual(api.mounts, [
    { volume: "more", path: "/data", readOnly: false },
    { volume: "user-files", path: "/mnt/user-files", readOnly: false },
  ]);
  assert.deepEqual(
    [api.variables["USER_FILES_PATH"], api.variables["MORE_PATH"]],
    ["/mnt/user-files", "/data"],
  );
  // BUNDLE_PATH means something to Ruby: a name that nobody asked for may not be given.
  assert.equal(container(application, "other").variables["BUNDLE_PATH"], undefined);
  const own = volumesOf(application).find((one) => one.name === "user-files");
  assert.deepEqual(own, {
    type: "volume",
    name: "user-files",
    backups: false,
    throughput: "bursting",
    reason: "`type` says so",
  });
});

test("settings stand with the volume, an environment changes them, and previews keep no backups", () => {
  const application = parse(`
services:
  api: { image: x, volumes: ["files:/data"] }
volumes: { files: { x-freehold: { throughput: bursting } } }
x-freehold:
  collections:
    dev:
      environments:
        one: { kind: preview }
        two: { resources: { files: { backups: false } } }`);
  const [one, two] = (application.collections[0]?.environments ?? []).map(
    (environment) => environment.resources[0],
  );
  assert.deepEqual(one?.type === "volume" && [one.backups, one.throughput], [false, "bursting"]);
  assert.deepEqual(two?.type === "volume" && [two.backups, two.throughput], [false, "bursting"]);
});

test("what the image carries is not hidden by an empty volume", () => {
  const application = parse(`
services:
  web:
    image: x
    volumes: ["modules:/app/node_modules", "/app/tmp", "gems:/usr/local/bundle", "./:/app", 'C:\\src:/src']
volumes: { modules: , gems: }`);
  assert.deepEqual(container(application, "web").mounts, []);
  assert.deepEqual(notesOn(application, "services.web.volumes"), [
    "modules is not mounted on AWS: it is built into the image at /app/node_modules",
    "gems is not mounted on AWS: it is built into the image at /usr/local/bundle",
    "./ is not mounted on AWS, and an image that is pulled does not carry it: mount its files one by one, which carries them, `COPY` it to /app in a `dockerfile_inline`, or keep data that lasts in a named volume",
    "C:\\src is not mounted on AWS: it is no part of the project",
  ]);
});

test("what a volume is at home is noted where EFS is something else", () => {
  const application = parse(`
services:
  mongo: { image: mongo:8, volumes: ["a:/data/db", "b:/data/configdb"] }
  broker: { image: rabbitmq:4 }
volumes:
  a: { external: true }
  b: { driver_opts: { type: nfs, o: "addr=10.0.0.1", device: ":/x" } }`);
  assert.deepEqual(notesOn(application, "volumes.a.external"), [
    "is of home: on AWS the volume is made, and begins empty",
  ]);
  assert.deepEqual(notesOn(application, "volumes.b.driver"), [
    "is of home: on AWS the volume is a file system of EFS",
  ]);
  assert.match(
    notesOn(application, "services.mongo")[0] ?? "",
    /its data lies on EFS.*Amazon DocumentDB exists/,
  );
  assert.match(notesOn(application, "services.broker")[0] ?? "", /loses its data with its task/);
});

const writers = (settings: string) => `
services:
  a:
    image: x
    stop_grace_period: 30s
    volumes: ["files:/data"]
    x-freehold: ${settings}
volumes: { files: {} }`;

test("what writes to a volume is told that a release stops it first, unless it can share", () => {
  assert.match(
    notesOn(parse(writers("{}")), "services.a")[0] ?? "",
    /^writes to the volume files: a release stops its task, within 30 s, before it starts the next/,
  );
  const shared = parse(writers("{ shared: true, scale: { min: 3 } }"));
  assert.deepEqual([notesOn(shared, "services.a"), container(shared, "a").shared], [[], true]);
});

test("two tasks that write to one volume are refused", () => {
  assert.deepEqual(problemsOf(writers("{ scale: { min: 2 } }").trimStart()), [
    "6:19 services.a would have 2 tasks that write to the volume files at once // run one, or say `shared: true` where the program can do that",
  ]);
});
