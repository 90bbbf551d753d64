import { isSecretName } from "../../app/secret-name.ts";

/** What Docker, its plugins, its credential helpers and the system's loader act on. */
const acted =
  /^(PATH|HOME|PWD|DOCKER|BUILD|COMPOSE|MOBY|EXPERIMENTAL|LD_|DYLD_|GO|OTEL_|SSL|SSH|XDG_|GIT|AWS_|GNUPG|GPG|CLOUDSDK|PASSWORD_STORE|NODE_|PYTHON|BASH|FREEHOLD)/i;

/** A URL that carries a password. */
const withPassword = /^[a-z][a-z0-9+.-]{0,30}:\/\/[^/\s:@]{0,200}:[^/\s@]{1,200}@/i;

/**
 * Build arguments that must not be seen in a list of processes, and can be given by a variable of the builder. The others
 * cannot: a file that somebody else wrote must not set what programs on this machine act on.
 */
export function hiddenArguments(args: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const hidden = Object.entries(args).filter(
    ([name, value]) => (isSecretName(name) || withPassword.test(value)) && !acted.test(name),
  );
  return Object.fromEntries(hidden);
}
