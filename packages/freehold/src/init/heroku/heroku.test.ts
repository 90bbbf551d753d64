import assert from "node:assert/strict";
import { test } from "node:test";
import { parseApplication } from "../../config/parse.ts";
import { plain } from "../document.ts";
import { propose } from "../propose.ts";
import { renderDocument } from "../render.ts";
import { listing, packageFile } from "../testing/listing.ts";

type Files = Readonly<Record<string, string>>;

const flask: Files = { "requirements.txt": "flask\ngunicorn\n", "app.py": "app = Flask(__name__)" };

function proposed(files: Files) {
  const proposal = propose(listing(files));
  const { services } = JSON.parse(JSON.stringify(plain(proposal.document)));
  const text = renderDocument(proposal.document, proposal.heading);
  const [collection] = parseApplication([{ path: "freehold.yml", text }], {
    folder: "shop",
    variables: {},
  }).collections;
  return { services, next: proposal.next, environment: collection?.environments[0] };
}

test("add-ons become a database and a cache, under the names they gave", () => {
  const addons = [
    { plan: "heroku-postgresql:essential-0", as: "LEDGER", options: { version: "15" } },
    "rediscloud:30",
  ];
  const { services } = proposed({ ...flask, "app.json": JSON.stringify({ addons }) });
  assert.equal(services.db.image, "postgres:15");
  assert.deepEqual(services.web.environment, {
    LEDGER_URL: "postgres://app:app@db:5432/app",
    REDISCLOUD_URL: "redis://cache:6379/0",
  });
});

test("a version that RDS does not make becomes the newest", () => {
  const addons = [{ plan: "heroku-postgresql", options: { version: "9.6" } }];
  const { services } = proposed({ ...flask, "app.json": JSON.stringify({ addons }) });
  assert.equal(services.db.image, "postgres:17");
});

/** An add-on that nothing is proposed for, and what is told of it. */
const others: readonly (readonly [plan: string, told: RegExp])[] = [
  ["cloudamqp:lemur", /Heroku's cloudamqp: RabbitMQ/],
  ["memcachier:dev", /memcached:1\.6/],
  ["bucketeer:hobbyist", /type: bucket/],
  ["scheduler:standard", /schedule/],
  ["papertrail:choklad", /freehold logs/],
  ["sendgrid:starter", /Heroku's sendgrid: its maker has it without Heroku as well/],
];

for (const [plan, told] of others)
  test(`what there is in place of ${plan} is told`, () => {
    const { next, services } = proposed({ ...flask, "app.json": JSON.stringify({ addons: [plan] }) });
    assert.deepEqual(Object.keys(services), ["web"]);
    assert.match(next.join("\n"), told);
  });

test("variables have their values, secrets their names, and what is wanted is told", () => {
  const env = {
    LOG_LEVEL: "info",
    PRICE: { value: "$5", description: "of tea" },
    SECRET_KEY_BASE: { generator: "secret" },
    COOKIE: { generator: "secret" },
    STRIPE_API_KEY: "sk_test",
    SITE_NAME: { description: "of yours" },
    NICKNAME: { required: false },
    HEROKU_APP_NAME: { required: true },
  };
  const { services, next } = proposed({ ...flask, "app.json": JSON.stringify({ env }) });
  assert.deepEqual(services.web.environment, { LOG_LEVEL: "info", PRICE: "$$5" });
  assert.match(next.join("\n"), /^write SITE_NAME under `environment`/m);
  assert.match(next.join("\n"), /^list SECRET_KEY_BASE, COOKIE, STRIPE_API_KEY under `x-freehold\.secrets`/m);
});

test("a formation says how large a process is, and how many there are", () => {
  const formation = {
    web: { quantity: 2, size: "Standard-2X" },
    jobs: { quantity: 1, size: "performance-m" },
    idle: { quantity: 0, size: "eco" },
  };
  const files = {
    ...flask,
    Procfile: "jobs: python jobs.py\nidle: python idle.py\n",
    "app.json": JSON.stringify({ formation }),
  };
  const { environment } = proposed(files);
  const sizes = environment?.services.map((one) =>
    one.type === "web" || one.type === "worker" ? [one.name, one.size, one.count] : [],
  );
  assert.deepEqual(sizes, [
    ["idle", { cpu: 256, memory: 512 }, 1],
    ["jobs", { cpu: 1024, memory: 3072 }, 1],
    ["web", { cpu: 256, memory: 1024 }, 2],
  ]);
});

/** `postdeploy`, the Procfile's release, and what they become. */
const scripts: readonly (readonly [postdeploy: string, release: string, settings: unknown])[] = [
  ["flask db migrate", "", { release: "flask db migrate" }],
  ["flask db migrate", "flask db upgrade", { release: "flask db upgrade" }],
  ["flask seed", "", { seed: "flask seed" }],
  [
    "rake db:schema:load db:migrate db:seed",
    "rake db:migrate",
    { release: "rake db:migrate", seed: "rake db:schema:load db:migrate db:seed" },
  ],
];

for (const [postdeploy, release, settings] of scripts)
  test(`a migration runs with each release, and a seed once: ${postdeploy} after ${release || "none"}`, () => {
    const { services } = proposed({
      ...flask,
      ...(release === "" ? {} : { Procfile: `release: ${release}\n` }),
      "app.json": JSON.stringify({ scripts: { postdeploy } }),
    });
    assert.deepEqual(services.web["x-freehold"], settings);
  });

test("lines of a Procfile are a shell's, and Heroku's wrappers stay there", () => {
  const { services, environment } = proposed({
    ...flask,
    Procfile:
      "web: jemalloc.sh gunicorn app:app -b 0.0.0.0:$PORT\nmail: python mail.py -c ${THREADS:-5} | tee log\n",
  });
  assert.deepEqual(services.web.command, ["sh", "-c", "gunicorn app:app -b 0.0.0.0:$$PORT"]);
  assert.deepEqual([services.web.environment, services.mail.environment], [{ PORT: "8000" }, undefined]);
  const mail = environment?.services.find(({ name }) => name === "mail");
  assert.ok(mail?.type === "worker");
  assert.deepEqual(mail.command, ["sh", "-c", "python mail.py -c ${THREADS:-5} | tee log"]);
});

test("an image of its own starts itself, and so does PHP", () => {
  const Procfile = "web: gunicorn app:app\n";
  assert.equal(
    proposed({ ...flask, Dockerfile: "FROM python\nEXPOSE 80", Procfile }).services.web.command,
    undefined,
  );
  const php = { "composer.json": "{}", "index.php": "", Procfile: "web: heroku-php-apache2 web/\n" };
  assert.equal(proposed(php).services.web.command, undefined);
});

test("heroku.yml says what is built and run in place of the Procfile", () => {
  const manifest = `
setup:
  addons: [{ plan: heroku-postgresql }]
  config: { TZ: UTC }
build:
  docker:
    web: deploy/Dockerfile.web
    worker: { dockerfile: deploy/Dockerfile.worker }
release:
  image: web
  command: [./migrate, ./check]
run:
  web: ./serve --port 9000
`;
  const { services } = proposed({
    "heroku.yml": manifest,
    "deploy/Dockerfile.web": "FROM a\nEXPOSE 9000",
    "deploy/Dockerfile.worker": "FROM a",
    Procfile: "clock: ./tick\n",
    "package.json": packageFile(["express"], { start: "node ." }),
  });
  assert.deepEqual(Object.keys(services), ["web", "worker", "db"]);
  assert.deepEqual(services.web.build, { context: ".", dockerfile: "deploy/Dockerfile.web" });
  assert.deepEqual(services.worker.build, { context: ".", dockerfile: "deploy/Dockerfile.worker" });
  assert.deepEqual([services.web.command, services.web.ports], ["./serve --port 9000", ["9000:9000"]]);
  assert.equal(services.web["x-freehold"].release, "./migrate && ./check");
  assert.equal(services.web.environment.TZ, "UTC");
});

test("a file that is none of Heroku's changes nothing", () => {
  const broken = { "app.json": "[1, 2", "heroku.yml": "build: [" };
  assert.deepEqual(proposed({ ...flask, ...broken }).services, proposed(flask).services);
});
