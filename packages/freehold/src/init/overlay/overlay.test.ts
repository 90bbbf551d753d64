import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseApplication } from "../../config/parse.ts";
import { plain } from "../document.ts";
import { propose } from "../propose.ts";
import { renderDocument } from "../render.ts";
import { listing, packageFile } from "../testing/listing.ts";

interface Row {
  readonly title: string;
  /** `services:` of the Compose file. */
  readonly services: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
  /** `services` of what lies over it. */
  readonly over: Readonly<Record<string, unknown>>;
}

const app = { build: ".", ports: ["8000:8000"] };
const dockerfile = { Dockerfile: "FROM a\nEXPOSE 8000" };
const ignored = { "x-freehold": { type: "ignore" } };

const rows: readonly Row[] = [
  { title: "one that needs nothing", services: { app }, over: {} },
  {
    title: "development tools are left out",
    services: {
      app,
      adminer: { image: "adminer", ports: ["8080:8080"] },
      mail: { image: "axllent/mailpit:v1.2", ports: ["8025:8025"] },
      admin: { image: "lscr.io/linuxserver/phpmyadmin:latest", ports: ["81:80"] },
    },
    over: { adminer: ignored, mail: ignored, admin: ignored },
  },
  {
    title: "a development tool is known by its command as well",
    services: { app, stories: { build: ".", command: ["npm", "run", "storybook"], profiles: ["design"] } },
    over: { stories: ignored },
  },
  {
    title: "in a monorepo the program lies where its Dockerfile does",
    services: {
      api: { build: { context: ".", dockerfile: "apps/api/Dockerfile" }, ports: ["4000:4000"] },
    },
    files: {
      "package.json": '{"workspaces":["apps/*"]}',
      "apps/api/package.json": packageFile(["express"], { start: "node server.js" }),
      "apps/api/server.js": 'app.get("/healthz", well)',
      "apps/api/Dockerfile": "FROM a",
    },
    over: { api: { "x-freehold": { health: "/healthz" } } },
  },
  {
    title: "an image, a command and a port for development give way to those for others",
    services: {
      app: {
        build: { context: ".", target: "dev" },
        command: "npm run dev",
        ports: ["3000:3000", "127.0.0.1:9229:9229/tcp"],
      },
      jobs: { build: { context: ".", target: "dev" }, command: "nodemon jobs.js" },
    },
    files: {
      Dockerfile:
        'FROM node:24 AS base\nFROM base AS dev\nCMD npm run dev\nFROM base AS production\nCMD ["node", "."]\nFROM base AS docs',
    },
    over: {
      app: {
        build: { target: "production" },
        command: ["node", "."],
        "x-freehold": { port: 3000 },
      },
      jobs: { build: { target: "production" } },
    },
  },
  {
    title: "of several ports the one that the image exposes, or that the check asks",
    services: {
      app: { build: ".", ports: ["8000:8000", "9000:9000"] },
      two: { build: "./two", ports: ["8:8", "9:9"], healthcheck: { test: "curl http://localhost:9/up" } },
    },
    over: {
      app: { "x-freehold": { port: 8000 } },
      two: { "x-freehold": { path: "/two", port: 9, health: "/up" } },
    },
  },
  {
    title: "what asks for the host is left out",
    services: {
      app,
      agent: { image: "x/agent", volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"] },
      node: { image: "x/exporter", network_mode: "host" },
    },
    over: { agent: ignored, node: ignored },
  },
  {
    title: "a proxy is left out, and what it hid answers the internet itself",
    services: {
      app: { build: ".", expose: ["8000"] },
      nginx: { image: "nginx:1", ports: ["80:80"], depends_on: ["app"] },
    },
    over: { app: { "x-freehold": { type: "web" } }, nginx: ignored },
  },
  {
    title:
      "what a proxy is told by labels or variables answers the internet itself, at the port that is told",
    services: {
      app: { build: ".", labels: ["traefik.enable=true", "traefik.http.routers.app.rule=Host(`a.example`)"] },
      api: {
        build: "./api",
        labels: { "traefik.enable": "true", "traefik.http.services.api.loadbalancer.server.port": 9000 },
      },
      old: { build: "./old", environment: { VIRTUAL_HOST: "old.example", VIRTUAL_PORT: "81" } },
      hidden: { build: "./hidden", labels: ["traefik.enable=false"] },
    },
    over: {
      app: { "x-freehold": { type: "web", port: 8000 } },
      api: { "x-freehold": { type: "web", path: "/api", port: 9000 } },
      old: { "x-freehold": { type: "web", path: "/old", port: 81 } },
    },
  },
  {
    title: "a proxy that is built is known by its base and its name",
    services: {
      app: { build: "./app", expose: [8000] },
      proxy: { build: "./proxy", ports: ["80:80"], depends_on: { app: { condition: "service_started" } } },
    },
    files: {
      "app/Dockerfile": "FROM a\nEXPOSE 8000",
      "proxy/Dockerfile": "FROM nginx:1\nCOPY default.conf /etc/nginx/conf.d/\n",
    },
    over: { app: { "x-freehold": { type: "web" } }, proxy: ignored },
  },
  {
    title: "nginx alone is the application",
    services: { site: { image: "nginx:1", ports: ["80:80"], volumes: ["./html:/usr/share/nginx/html"] } },
    over: {},
  },
  {
    title: "sources that are mounted into an image nobody builds are copied into it",
    services: {
      site: {
        image: "nginx:1",
        ports: ["80:80"],
        volumes: ["./html/:/usr/share/nginx/html:ro", "./nginx.conf:/etc/nginx/nginx.conf"],
      },
      jobs: { image: "node:24", volumes: [{ type: "bind", source: ".", target: "/app" }], command: "node a" },
      db: { image: "postgres:17", volumes: ["./html:/docker-entrypoint-initdb.d"] },
    },
    files: { "html/index.html": "", "nginx.conf": "" },
    over: {
      site: {
        build: {
          context: ".",
          dockerfile_inline: 'FROM nginx:1\nCOPY ["html","/usr/share/nginx/html"]\n',
        },
      },
      jobs: { build: { context: ".", dockerfile_inline: 'FROM node:24\nCOPY [".","/app"]\n' } },
    },
  },
  {
    title: "two web services share the site",
    services: { web: { build: "./web", ports: ["80:3000"] }, api: { build: "./api", ports: ["8000:8000"] } },
    files: { "web/Dockerfile": "FROM a", "api/Dockerfile": "FROM b" },
    over: { api: { "x-freehold": { path: "/api" } } },
  },
  {
    title: "a port of loopback is nobody's business",
    services: { app, api: { build: "./api", ports: ["127.0.0.1:9000:9000"] } },
    over: {},
  },
  {
    title: "the path that the healthcheck asks for",
    services: { app: { ...app, healthcheck: { test: "curl -f http://localhost:8000/healthz || exit 1" } } },
    over: { app: { "x-freehold": { health: "/healthz" } } },
  },
  {
    title: "front ends that no service builds are sites, each at a path of its own",
    services: { cache: { image: "redis:7" } },
    files: {
      "admin/package.json": packageFile(["react-scripts"], { build: "react-scripts build" }),
      "ui/package.json": packageFile(["react-scripts"], { build: "react-scripts build" }),
    },
    over: {
      admin: {
        "x-freehold": {
          type: "site",
          folder: "admin",
          build: "npm install && npm run build",
          output: "build",
          mode: "spa",
        },
      },
      ui: {
        "x-freehold": {
          type: "site",
          folder: "ui",
          path: "/ui",
          build: "npm install && npm run build",
          output: "build",
          mode: "spa",
        },
      },
    },
  },
  {
    title: "a front end that an image takes in is served by it",
    services: { app },
    files: {
      Dockerfile: "FROM node AS ui\nCOPY ./ui/package.json ui/\nFROM a\nEXPOSE 8000",
      "ui/package.json": packageFile(["react-scripts"], { build: "react-scripts build" }),
    },
    over: {},
  },
  {
    title: "a front end that its development server serves at home",
    services: {
      frontend: {
        image: "node:20",
        working_dir: "/app",
        volumes: ["./frontend:/app"],
        command: "npm run dev",
        ports: ["5173:5173"],
      },
      backend: { build: "./backend", ports: ["8000:8000"] },
    },
    files: {
      "frontend/package.json": packageFile(["vite"], { dev: "vite", build: "vite build" }),
      "frontend/index.html": "",
      "backend/Dockerfile": "FROM a",
    },
    over: {
      frontend: {
        "x-freehold": {
          type: "site",
          folder: "frontend",
          build: "npm install && npm run build",
          output: "dist",
          mode: "spa",
        },
      },
      backend: { "x-freehold": { path: "/api" } },
    },
  },
  {
    title: "a service that only migrates is a release command of the first web service",
    services: {
      migrate: { build: ".", command: "python manage.py migrate" },
      web: { build: ".", command: "gunicorn a.wsgi", ports: ["8000:8000"] },
    },
    files: { "manage.py": "", "requirements.txt": "django\n", Dockerfile: "FROM a" },
    over: { migrate: ignored, web: { "x-freehold": { release: "python manage.py migrate --noinput" } } },
  },
  {
    title: "a cache whose host alone is told",
    services: { app: { ...app, environment: ["REDIS_HOST=cache"] }, cache: { image: "redis:7" } },
    over: { cache: { "x-freehold": { tls: false } } },
  },
  {
    title: "what somebody decided stays",
    services: {
      app: { ...app, "x-freehold": { type: "web", path: "/a" } },
      db: { image: "postgres:17" },
      tool: { image: "adminer", "x-freehold": { type: "worker" } },
    },
    over: {},
  },
];

describe("what lies over a Compose file", () => {
  for (const { title, services, files = dockerfile, over } of rows) {
    test(title, () => {
      const compose = JSON.stringify({ services });
      const { document, heading, path } = propose(listing({ ...files, "compose.yaml": compose }));
      const proposed = plain(document);
      assert.deepEqual(proposed, Object.keys(over).length === 0 ? {} : { services: over });
      if (Object.keys(over).length === 0) return;
      const both = [
        { path: "compose.yaml", text: compose },
        { path, text: renderDocument(document, heading) },
      ];
      assert.ok(parseApplication(both, { folder: "shop", variables: {} }));
    });
  }
});

test("an env file that is named and missing is made from its example", () => {
  const files = {
    "compose.yaml": JSON.stringify({ services: { app: { ...app, env_file: ["conf/dev.env"] } } }),
    "conf/dev.env.example": "A=1\n",
  };
  const { companions } = propose(listing(files));
  assert.deepEqual(
    companions.map(({ path, text }) => [path, text]),
    [["conf/dev.env", "A=1\n"]],
  );
});

test(".env is made from its example where the Compose file is nothing without it", () => {
  const files = (value: string) => ({
    "compose.yaml": JSON.stringify({ services: { app: { ...app, environment: { A: value } } } }),
    ".env.dist": "A=1\n",
  });
  const proposed = (value: string) => propose(listing(files(value))).companions.map(({ path }) => path);
  assert.deepEqual(proposed("${A:?see .env}"), [".env"]);
  assert.deepEqual(proposed("$A"), [".env"]);
  assert.deepEqual(proposed("${A:-2}"), []);
  assert.deepEqual(proposed("$${A}"), []);
  assert.deepEqual(proposed("$OTHER"), []);
});
