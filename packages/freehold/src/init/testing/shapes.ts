import { packageFile } from "./listing.ts";

/** A repository without a Compose file, and what must be proposed for it. */
export interface Shape {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** Each service in a few words: `web http 8000 /`, `worker`, `site /`, `db postgres:17`. */
  readonly services: Readonly<Record<string, string>>;
  readonly release?: string;
  /** Files written beside it. */
  readonly beside?: readonly string[];
}

const node = ["Dockerfile", ".dockerignore"];

export const shapes: readonly Shape[] = [
  {
    title: "Express with a start script, its port in the source",
    files: {
      "package.json": packageFile(["express"], { start: "node src/server.js" }),
      "src/server.js": "app.listen(process.env.PORT || 4000)",
    },
    services: { web: "http 4000 /" },
    beside: node,
  },
  {
    title: "Next.js with a database of Prisma's",
    files: {
      "package.json": packageFile(["next", "react", "prisma"], {
        build: "next build",
        start: "next start -p 3100",
      }),
      "package-lock.json": "{}",
      "prisma/schema.prisma": 'datasource db { provider = "postgresql" }',
    },
    services: { web: "http 3100 /", db: "postgres:17" },
    release: "npx prisma migrate deploy",
    beside: node,
  },
  {
    title: "a Vite front end alone",
    files: {
      "package.json": packageFile(["vite", "react"], { dev: "vite", build: "vite build" }),
      "index.html": "",
    },
    services: { web: "site /" },
  },
  {
    title: "a front end and an API in folders of their own",
    files: {
      "frontend/package.json": packageFile(["react-scripts"], {
        build: "react-scripts build",
        start: "react-scripts start",
      }),
      "backend/package.json": packageFile(["fastify", "pg", "ioredis"], { start: "node index.js" }),
      "backend/Dockerfile": "FROM node:24\nEXPOSE 5000\nCMD node index.js",
    },
    services: { backend: "http 5000 /api", frontend: "site /", db: "postgres:17", cache: "valkey/valkey:8" },
  },
  {
    title: "a workspace of npm: the root is no program",
    files: {
      "package.json": JSON.stringify({
        workspaces: ["apps/*"],
        scripts: { start: "turbo" },
        dependencies: { express: "*" },
      }),
      "package-lock.json": "{}",
      "apps/web/package.json": packageFile(["next"], { build: "next build", start: "next start" }),
      "apps/api/package.json": packageFile(["hono", "@hono/node-server"], { start: "node main.js" }),
      "packages/ui/package.json": packageFile(["react"], {}),
    },
    services: { api: "http 3000 /api", web: "http 3000 /" },
    beside: ["apps/api/Dockerfile", ".dockerignore", "apps/web/Dockerfile"],
  },
  {
    title: "libraries and tools of a workspace are no programs",
    files: {
      "package.json": JSON.stringify({ workspaces: ["packages/*", "apps/*"] }),
      "apps/web/package.json": packageFile(["next"], { build: "next build", start: "next start" }),
      "packages/ui/package.json": JSON.stringify({ main: "dist/index.js", devDependencies: { next: "*" } }),
      "packages/embed/package.json": packageFile(["vite"], { build: "vite build" }),
      "packages/embed/src/index.ts": "",
      "packages/cli/package.json": JSON.stringify({ bin: "./cli.js", scripts: { start: "node cli.js" } }),
    },
    services: { web: "http 3000 /" },
    beside: ["apps/web/Dockerfile", ".dockerignore"],
  },
  {
    title: "SvelteKit that is written out as files",
    files: {
      "package.json": packageFile(["vite", "@sveltejs/kit", "@sveltejs/adapter-static"], {
        build: "vite build",
      }),
    },
    services: { web: "site /" },
  },
  {
    title: "a Node worker without a server",
    files: { "package.json": packageFile(["bullmq"], { start: "node work.js" }) },
    services: { worker: "worker", cache: "valkey/valkey:8" },
    beside: node,
  },
  {
    title: "Django with Celery, PostgreSQL and Redis",
    files: {
      "manage.py": "",
      "requirements.txt": "Django>=5,<6\ncelery[redis]==5.4\npsycopg2-binary\ngunicorn\nredis\n",
      "mysite/wsgi.py": "",
    },
    services: { web: "http 8000 /", worker: "worker", db: "postgres:17", cache: "valkey/valkey:8" },
    release: "python manage.py migrate --noinput",
    beside: node,
  },
  {
    title: "Flask with a Dockerfile in a folder of its own",
    files: {
      "requirements.txt": "flask\n",
      "app.py": "app = Flask(__name__)",
      "docker/Dockerfile": "FROM python:3.12\nEXPOSE 5000",
    },
    services: { web: "http 5000 /" },
  },
  {
    title: "a page of Streamlit",
    files: { "requirements.txt": "streamlit\npandas\n", "streamlit_app.py": "import streamlit" },
    services: { web: "http 8501 /" },
    beside: node,
  },
  {
    title: "FastAPI of a pyproject, migrated by Alembic",
    files: {
      "pyproject.toml": '[project]\ndependencies = ["fastapi>=0.110", "uvicorn", "asyncpg"]\n',
      "app/main.py": "app = FastAPI()",
      "alembic.ini": "",
    },
    services: { web: "http 8000 /", db: "postgres:17" },
    release: "alembic upgrade head",
    beside: node,
  },
  {
    title: "Flask of a Pipfile with MySQL",
    files: { Pipfile: '[packages]\nflask = "*"\npymysql = "*"\n', "app.py": "app = Flask(__name__)" },
    services: { web: "http 8000 /", db: "mysql:8.4" },
    beside: node,
  },
  {
    title: "requirements in a folder",
    files: { "manage.py": "", "requirements/base.txt": "django\n", "requirements/dev.txt": "pytest\n" },
    services: { web: "http 8000 /" },
    release: "python manage.py migrate --noinput",
    beside: node,
  },
  {
    title: "Go with several programs: the server is the one",
    files: {
      "go.mod": "module a.b/c\n\nrequire github.com/jackc/pgx/v5 v5.5.0\n",
      "go.sum": "",
      "cmd/tool/main.go": "package main",
      "cmd/server/main.go": 'package main\nfunc main() { http.ListenAndServe(":9000", nil) }',
      "internal/store.go": "package internal",
    },
    services: { web: "http 9000 /", db: "postgres:17" },
    beside: node,
  },
  {
    title: "a Go program that serves nobody",
    files: { "go.mod": "module a.b/c\n", "main.go": "package main\nfunc main() {}" },
    services: { worker: "worker" },
    beside: node,
  },
  {
    title: "what a Go program's libraries require is not its own",
    files: {
      "go.mod":
        "module a.b/c\n\nrequire (\n\tgithub.com/gin-gonic/gin v1.10.0\n\tgithub.com/redis/go-redis/v9 v9.5.0 // indirect\n)\n",
      "main.go": "package main\nfunc main() { gin.Default() }",
    },
    services: { web: "http 8080 /" },
    beside: node,
  },
  {
    title: "images kept where deployment is are the same program's",
    files: {
      "requirements.txt": "flask\n",
      "app.py": "app = Flask(__name__)",
      "docker/all-in-one/Dockerfile": "FROM a\nEXPOSE 3000",
    },
    services: { web: "http 8000 /" },
    beside: node,
  },
  {
    title: "Spring Boot of Maven, with an actuator",
    files: {
      "pom.xml":
        "<parent><artifactId>spring-boot-starter-parent</artifactId></parent><java.version>17</java.version><dependency><artifactId>spring-boot-starter-actuator</artifactId></dependency><dependency><groupId>org.postgresql</groupId></dependency><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin>",
      "src/main/resources/application.properties": "server.port=${PORT:5000}\n",
    },
    services: { web: "http 5000 /", db: "postgres:17" },
    beside: node,
  },
  {
    title: "Spring Boot of Gradle, whose other modules are libraries",
    files: {
      "api/build.gradle.kts":
        'plugins { id("org.springframework.boot") version "3.4.0" }\nimplementation("redis.clients:jedis")',
      "model/build.gradle.kts": 'plugins { id("java-library") }',
    },
    services: { api: "http 8080 /", cache: "valkey/valkey:8" },
    beside: ["api/Dockerfile", "api/.dockerignore"],
  },
  {
    title: "Rust with a web framework and SQLx",
    files: {
      "Cargo.toml":
        '[package]\nname = "shop"\n\n[dependencies]\naxum = "0.8"\nsqlx = { version = "0.8", features = ["runtime-tokio",\n  "postgres"] }\n\n[dev-dependencies]\nredis = "1"\n',
      "src/main.rs": 'TcpListener::bind("0.0.0.0:4100")',
    },
    services: { web: "http 4100 /", db: "postgres:17" },
    beside: node,
  },
  {
    title: "a Rust library is no program",
    files: { "Cargo.toml": '[package]\nname = "a"\n', "src/lib.rs": "", Dockerfile: "FROM a\nEXPOSE 80" },
    services: { web: "http 80 /" },
  },
  {
    title: "Phoenix with Ecto",
    files: { "mix.exs": '[{:phoenix, "~> 1.7"}, {:ecto_sql, "~> 3.10"}, {:postgrex, ">= 0.0.0"}]' },
    services: { web: "http 4000 /", db: "postgres:17" },
    release: "mix ecto.migrate",
    beside: node,
  },
  {
    title: "Rails with Sidekiq and a Dockerfile of its own",
    files: {
      Gemfile: 'gem "rails", "~> 7.1"\ngem "pg"\ngem "sidekiq"\n# gem "mysql2"\n',
      "config/application.rb": "",
      "config/routes.rb": 'get "up" => "rails/health#show"',
      "config.ru": "",
      Dockerfile: "FROM ruby:3.3\nEXPOSE 3000",
      "package.json": packageFile(["esbuild"], { build: "esbuild" }),
    },
    services: { web: "http 3000 /", worker: "worker", db: "postgres:17", cache: "valkey/valkey:8" },
    release: "bundle exec rails db:migrate",
  },
  {
    title: "Sinatra, which is Rack",
    files: { Gemfile: 'gem "sinatra"\n', "config.ru": "run App" },
    services: { web: "http 3000 /" },
    beside: node,
  },
  {
    title: "Laravel with Horizon",
    files: {
      "composer.json": JSON.stringify({
        require: { php: "^8.2", "laravel/framework": "^11", "laravel/horizon": "*" },
      }),
      artisan: "",
      "public/index.php": "",
      "package.json": packageFile(["vite"], { build: "vite build" }),
    },
    services: { web: "http 80 /", worker: "worker", db: "mysql:8.4", cache: "valkey/valkey:8" },
    release: "php artisan migrate --force",
    beside: node,
  },
  {
    title: "WordPress",
    files: { "wp-config-sample.php": "", "index.php": "" },
    services: { web: "http 80 /", db: "mysql:8.4" },
    beside: node,
  },
  {
    title: "plain PHP with a front page",
    files: { "composer.json": JSON.stringify({ require: { "ext-pdo_pgsql": "*" } }), "index.php": "" },
    services: { web: "http 80 /", db: "postgres:17" },
    beside: node,
  },
  {
    title: "a Dockerfile and nothing else",
    files: { Dockerfile: "FROM nginx\nEXPOSE 8080/tcp\n" },
    services: { web: "http 8080 /" },
  },
  {
    title: "a Dockerfile that exposes nothing",
    files: { Dockerfile: 'FROM alpine\nCMD ["run"]\n' },
    services: { worker: "worker" },
  },
  {
    title: "the last stage's port counts",
    files: { Dockerfile: "FROM node AS dev\nEXPOSE 9229\nFROM node\n# EXPOSE 1\nEXPOSE 8443 \\\n  9000\n" },
    services: { web: "http 8443 /" },
  },
  {
    title: "a Procfile decides the processes and the release",
    files: {
      "requirements.txt": "flask\ncelery\ngunicorn\n",
      "app.py": "Flask(",
      Procfile:
        "web: gunicorn app:app --bind 0.0.0.0:8080\r\nrelease: flask db upgrade\r\nclock: python clock.py\r\n",
    },
    services: { web: "http 8080 /", clock: "worker" },
    release: "flask db upgrade",
    beside: node,
  },
  {
    title: "three services of different languages",
    files: {
      "services/orders/go.mod": "module a/b\n",
      "services/orders/main.go": 'package main\nhttp.ListenAndServe(":8081", nil)',
      "services/search/requirements.txt": "fastapi\n",
      "services/search/main.py": "app = FastAPI()",
      "web/package.json": packageFile(["astro"], { build: "astro build" }),
    },
    services: { web: "site /", orders: "http 8081 /orders", search: "http 8000 /search" },
    beside: [
      "services/orders/Dockerfile",
      "services/orders/.dockerignore",
      "services/search/Dockerfile",
      "services/search/.dockerignore",
    ],
  },
  {
    title: "two folders of one name",
    files: { "a/api/Dockerfile": "FROM a\nEXPOSE 80", "b/api/Dockerfile": "FROM b\nEXPOSE 81" },
    services: { api: "http 80 /", "b-api": "http 81 /b-api" },
  },
  {
    title: "examples and tests are no parts of it",
    files: {
      "package.json": packageFile(["koa"], { start: "node ." }),
      "examples/next/package.json": packageFile(["next"], { start: "next start" }),
      "test/fixtures/app/Dockerfile": "FROM a\nEXPOSE 1",
    },
    services: { web: "http 3000 /" },
    beside: node,
  },
  {
    title: "a broken package.json beside a Dockerfile",
    files: { "package.json": "{ not json", Dockerfile: "FROM node\nEXPOSE 3000" },
    services: { web: "http 3000 /" },
  },
  {
    title: "a folder whose name is no name of Compose's",
    files: { "2 Ämter/Dockerfile": "FROM a\nEXPOSE 80" },
    services: { "app-2-mter": "http 80 /" },
  },
];
