type Environment = Readonly<Record<string, string | undefined>>;

/** The names that a child process inherits; nothing that makes a program load code or use somebody's account. */
const inherited: ReadonlySet<string> = new Set([
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "TMPDIR",
  "LANG",
  "TZ",
  "DOCKER_HOST",
  "DOCKER_CONTEXT",
  "DOCKER_CONFIG",
  "DOCKER_CERT_PATH",
  "DOCKER_TLS_VERIFY",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "NODE_EXTRA_CA_CERTS",
  "REQUESTS_CA_BUNDLE",
  "CURL_CA_BUNDLE",
  "AWS_CA_BUNDLE",
  "PYENV_ROOT",
  "PYENV_VERSION",
]);

/** The environment of every child process: a list of names, so that a variable nobody thought of does not pass. */
export function childEnvironment(environment: Environment): Readonly<Record<string, string>> {
  const passed = Object.entries(environment).filter(
    ([name]) => inherited.has(name) || /^(LC|XDG|LOCAL_AWS)_[A-Z_]+$/.test(name),
  );
  return Object.fromEntries(passed.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
