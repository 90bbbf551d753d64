import type { Environment, Variables } from "./environment.ts";

/**
 * The variables that a command of the user's file may see, by their exact names: where programs are found, who runs them, how they
 * write, and where they keep what can be had again. No credentials, and nothing that loads code into a program.
 */
const allowed: ReadonlySet<string> = new Set([
  ...["PATH", "HOME", "USER", "LOGNAME", "SHELL", "PWD", "TMPDIR", "TMP", "TEMP", "TZ"],
  ...[
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_COLLATE",
    "LC_CTYPE",
    "LC_MESSAGES",
    "LC_MONETARY",
    "LC_NUMERIC",
    "LC_TIME",
  ],
  ...["TERM", "COLORTERM", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"],
  ...["CI", "NODE_ENV", "SOURCE_DATE_EPOCH"],
  ...["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"],
  ...["SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS"],
  ...[
    "BUN_INSTALL",
    "COREPACK_HOME",
    "DENO_DIR",
    "NVM_DIR",
    "PNPM_HOME",
    "VOLTA_HOME",
    "JAVA_HOME",
    "GOPATH",
  ],
]);

/** Of the person's variables, those that a command of the file gets. */
export function hostCommandEnvironment(person: Variables): Environment {
  return Object.fromEntries(
    Object.entries(person).flatMap(([name, value]) =>
      value !== undefined && allowed.has(name) ? [[name, value]] : [],
    ),
  );
}
