import assert from "node:assert/strict";
import { test } from "node:test";
import { onlyMigrates, tidyCommand } from "./tidy-command.ts";

type Row = readonly [
  written: string | readonly string[],
  command: readonly string[] | undefined,
  release?: string,
];

const rows: readonly Row[] = [
  ["node server.js", undefined],
  [["npm", "start"], undefined],
  ["sh -c 'echo hello && exec node server.js'", undefined],
  ["./wait-for-it.sh db:5432 -- node server.js", ["node", "server.js"]],
  [
    ["/wait-for", "db:5432", "-t", "30", "--", "npm", "start"],
    ["npm", "start"],
  ],
  ["dockerize -wait tcp://db:5432 -timeout 30s bin/web", ["bin/web"]],
  ["sh -c 'wait-for-it db:5432 && exec bin/web'", ["bin/web"]],
  ["bash -c 'sleep 10; bin/web --port $$PORT'", ["sh", "-c", "bin/web --port $$PORT"]],
  ["sh -c 'until nc -z db 5432; do sleep 1; done; bin/web'", ["bin/web"]],
  [
    'bash -lc "while ! pg_isready; do sleep 1; done && rm -f a.pid && bin/web"',
    ["sh", "-c", "rm -f a.pid && bin/web"],
  ],
  ["sh -c 'alembic upgrade head && uvicorn app:app'", ["uvicorn", "app:app"], "alembic upgrade head"],
  [
    "sh -c 'wait-for-it.sh db:5432 -- python manage.py migrate && python manage.py loaddata a && gunicorn b'",
    ["sh", "-c", "python manage.py loaddata a && gunicorn b"],
    "python manage.py migrate",
  ],
  [
    "sh -c 'npx prisma migrate deploy && npx prisma db seed && node .'",
    ["sh", "-c", "npx prisma db seed && node ."],
    "npx prisma migrate deploy",
  ],
  [
    "sh -c 'npx --yes wait-port db:5432 && npm run db:migrate -w apps/api && npm start -w apps/api'",
    ["npm", "start", "-w", "apps/api"],
    "npm run db:migrate -w apps/api",
  ],
  ["sh -c 'yarn workspace api migrate:up && node .'", ["node", "."], "yarn workspace api migrate:up"],
  ["sh -c 'node dist/migrate.js; node .'", ["node", "."], "node dist/migrate.js"],
  ["sh -c 'npm run migrate:make first && node .'", undefined],
  ["python manage.py migrate", undefined],
  ["sh -c 'a 'quote that never closes", undefined],
];

for (const [written, command, release] of rows) {
  test(`${written} on AWS`, () => {
    const tidied = tidyCommand(written);
    assert.deepEqual([tidied?.command, tidied?.release], [command, release]);
  });
}

test("a server of development gives way to the one that is required, at the same port", () => {
  const start = ["gunicorn", "shop.wsgi", "--bind", "0.0.0.0:8000"];
  const command = (written: string) => tidyCommand(written, start)?.command;
  assert.deepEqual(command("python manage.py runserver 0.0.0.0:9000"), [
    "gunicorn",
    "shop.wsgi",
    "--bind",
    "0.0.0.0:9000",
  ]);
  assert.deepEqual(command("flask --app shop run --host 0.0.0.0"), start);
  assert.equal(command("gunicorn shop.wsgi"), undefined);
  assert.equal(tidyCommand("python manage.py runserver"), undefined);
});

test("a service that migrates and ends is known by doing nothing else", () => {
  assert.equal(onlyMigrates("python manage.py migrate"), "python manage.py migrate");
  assert.equal(onlyMigrates(["sh", "-c", "bundle exec rails db:migrate"]), "bundle exec rails db:migrate");
  assert.equal(onlyMigrates("sh -c 'alembic upgrade head && bin/web'"), undefined);
});
