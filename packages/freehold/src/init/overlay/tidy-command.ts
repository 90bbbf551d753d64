import { splitWords } from "../../config/shell-words.ts";

/** A command as it should be on AWS. */
export interface TidyCommand {
  readonly command: readonly string[];
  /** Migrations that stood before the program: once per release, instead of at each start. */
  readonly release?: string;
  /** What was done to it, for people. */
  readonly reasons: readonly string[];
}

/** Bring a database to a release's form; found anywhere in a statement. */
const migrations: readonly RegExp[] = [
  /manage\.py migrate|alembic upgrade|flask db upgrade/,
  /\brails db:(?:migrate|prepare)|\brake db:migrate|artisan migrate/,
  /prisma migrate deploy|knex migrate:latest|sequelize(?:-cli)? db:migrate|typeorm migration:run|drizzle-kit migrate/,
  // A script of package.json, in whichever package: `npm run db:migrate -w api`.
  /\b(?:npm|pnpm|yarn) (?:\S+ ){0,20}?(?:(?:db|database):)?(?:migrate|migrations)(?=$|\s|:(?:up|run|deploy|latest|prod))/,
  /\bnode (?:\S*\/)?migrat\w*\.[cm]?[jt]s\b/,
];

const waiting =
  /^(?:\S*\/)?(?:wait-for(?:-it)?(?:\.sh)?|wait_for_\w+(?:\.sh)?|wait4x|wait-port|wait-on|dockerize)$/;

/**
 * What a Compose file's command does beside starting the program: waiting for others (on AWS they are there before) and
 * migrating, and serving it to one person. Undefined when there is nothing of it.
 *
 * @param start what serves it to others.
 */
export function tidyCommand(
  written: readonly string[] | string,
  start?: readonly string[],
): TidyCommand | undefined {
  const words = typeof written === "string" ? splitWords(written) : written;
  if (words === undefined) return undefined;
  const script = scriptOf(words);
  const tidied = script === undefined ? ofWords(words) : ofScript(script);
  return withServer(tidied ?? { command: words, reasons: [] }, start);
}

const developmentServers: readonly RegExp[] = [
  /manage\.py runserver|\bflask\b.{0,300}\brun\b|\b(?:uvicorn|gunicorn|fastapi)\b.{0,300}--reload|\bfastapi dev\b/,
  /\b(?:npm|pnpm|yarn) (?:\S+ ){0,20}?(?:dev|start:dev|start:debug|watch)(?=$|\s)/,
  /\b(?:nodemon|ts-node-dev|next dev|node --watch|tsx watch|nuxt dev|vite)(?=$|\s(?!build|preview))/,
];

/** Whether a command serves only those who write the program. */
export function isDevelopmentServer(text: string): boolean {
  return developmentServers.some((one) => one.test(text));
}

/** The server of development behind it gives way to the one the program requires for others. */
function withServer(tidied: TidyCommand, start: readonly string[] | undefined): TidyCommand | undefined {
  const { command, reasons } = tidied;
  const text = (scriptOf(command) ?? command.join(" ")).trim();
  if (
    start === undefined ||
    isDevelopmentServer(start.join(" ")) ||
    !isDevelopmentServer(text) ||
    text.includes("&&")
  )
    return reasons.length === 0 ? undefined : tidied;
  const port = /:(\d{2,5})\b/.exec(text)?.[1] ?? /(?:--port|-p)[ =](\d{2,5})/.exec(text)?.[1];
  const served =
    port === undefined ? start : start.map((word) => word.replace(/^0\.0\.0\.0:\d+$/, `0.0.0.0:${port}`));
  return { ...tidied, command: served, reasons: [...reasons, "its server is for development"] };
}

/** The text of `sh -c "…"`. */
function scriptOf(words: readonly string[]): string | undefined {
  const [shell = "", flag = "", script] = words;
  return /(?:^|\/)(?:ba|da|a)?sh$/.test(shell) && /^-\w*c$/.test(flag) ? script : undefined;
}

function ofWords(words: readonly string[]): TidyCommand | undefined {
  const rest = withoutWait(words);
  return rest === undefined || rest.length === 0
    ? undefined
    : { command: rest, reasons: ["it waits for another container"] };
}

/** The words behind `wait-for-it.sh db:5432 --`; undefined when they do not wait, empty when they do nothing else. */
function withoutWait(written: readonly string[]): readonly string[] | undefined {
  const words = written.slice(written.findIndex((word) => !/^(?:npx|pnpx|bunx|-y|--yes)$/.test(word)));
  if (!waiting.test(words[0] ?? "")) return undefined;
  const end = words.indexOf("--");
  if (end >= 0) return words.slice(end + 1);
  return words[0]?.endsWith("dockerize") === true ? words.slice(afterFlags(words)) : [];
}

/** Dockerize's flags each take a value. */
function afterFlags(words: readonly string[]): number {
  let at = 1;
  while (words[at]?.startsWith("-") === true) at += 2;
  return at;
}

const loop = /\b(?:until|while)\b[\s\S]{0,500}?\bdone\b\s*(?:;|&&)?/g;

function ofScript(script: string): TidyCommand | undefined {
  const unlooped = script.replaceAll(loop, "");
  const statements = unlooped
    .split(/&&|;|\n/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
  const kept = statements.map(withoutWaiting).filter((one) => one !== "" && !/^sleep \d+$/.test(one));
  const released = kept.filter(migrates);
  const left = kept.filter((one) => !migrates(one));
  const waits =
    unlooped !== script ||
    kept.length < statements.length ||
    kept.some((one, index) => one !== statements[index]);
  if (left.length === 0 || (!waits && released.length === 0)) return undefined;
  return {
    command: commandOf(left),
    ...(released.length === 0 ? {} : { release: released.join(" && ") }),
    reasons: [
      ...(waits ? ["it waits for another container"] : []),
      ...(released.length === 0 ? [] : ["it migrates at each start"]),
    ],
  };
}

function withoutWaiting(statement: string): string {
  const words = statement.split(/\s+/);
  return withoutWait(words)?.join(" ") ?? statement;
}

function commandOf(statements: readonly string[]): readonly string[] {
  const [only, second] = statements;
  const words =
    second === undefined && only !== undefined && !/[$|<>*`]/.test(only)
      ? splitWords(only.replace(/^exec /, ""))
      : undefined;
  return words ?? ["sh", "-c", statements.join(" && ")];
}

function migrates(statement: string): boolean {
  return migrations.some((one) => one.test(statement));
}

/** Whether it does nothing but migrate: a service that runs once before the others. */
export function onlyMigrates(written: readonly string[] | string): string | undefined {
  const text = typeof written === "string" ? written : (scriptOf(written) ?? written.join(" "));
  const statements = text.split(/&&|;/).map((one) => one.trim());
  return statements.every(migrates) ? text : undefined;
}
