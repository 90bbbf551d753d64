import { devNull, platform } from "node:os";

/** Variables as a process has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The whole environment of a child process: nothing of ours is added to it. */
export type Environment = Readonly<Record<string, string>>;

/** What each kind of child gets. All of it is on the lists below; nothing else passes. */
export interface Environments {
  /** Programs that fetch nothing: Git, ps, local-aws, and what Docker does on this machine. */
  readonly plain: Environment;
  /** Pulls, builds and pushes: they may need a proxy and the person's credential helpers. */
  readonly fetching: Environment;
  /** Terraform: what says which account it works on. */
  readonly terraform: Environment;
  /** `terraform init`, which fetches providers. */
  readonly terraformInit: Environment;
}

const names = [
  ...["PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "LANG", "TZ", "TERM", "SSH_AUTH_SOCK"],
  ...[
    "DOCKER_HOST",
    "DOCKER_CONTEXT",
    "DOCKER_CONFIG",
    "DOCKER_CERT_PATH",
    "DOCKER_TLS",
    "DOCKER_TLS_VERIFY",
  ],
  // Certificate authorities of OpenSSL, Go, Node, Git, curl, Python and Nix.
  ...["SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS", "AWS_CA_BUNDLE", "GIT_SSL_CAINFO"],
  ...["CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "NIX_SSL_CERT_FILE"],
];

const prefixes = ["LC_", "XDG_", "LOCAL_AWS_"];

/** Without these no program starts, or finds its plugins; their case differs from machine to machine. */
const windowsNames = [
  ...["PATH", "PATHEXT", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "TEMP", "TMP"],
  ...["USERPROFILE", "USERNAME", "HOMEDRIVE", "HOMEPATH", "APPDATA", "LOCALAPPDATA"],
  ...["PROGRAMDATA", "PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMW6432"],
];

/** Where the credential helpers of Docker and of AWS profiles find the person's keychain. */
const keychains = ["DBUS_SESSION_BUS_ADDRESS", "GNUPGHOME", "GPG_TTY", "PASSWORD_STORE_DIR"];

const proxies = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];

/**
 * The environments of our children. Without `local`, Terraform and Docker's credential helpers get the person's `AWS_*`, as
 * AWS's own tools do (https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html); with it, Terraform gets
 * those variables in their place, and neither file of profiles nor instance metadata is read.
 *
 * @param local What points AWS's tools at local-aws.
 */
export function createEnvironments(
  person: Variables,
  local?: Environment,
  system: string = platform(),
): Environments {
  const plain = select(person, (name) => isPlain(name, system));
  const isPersonal = (name: string) => local === undefined && name.startsWith("AWS_");
  const helpers = select(person, (name) => keychains.includes(name) || isPersonal(name));
  const terraform = {
    ...plain,
    ...(local === undefined ? helpers : { ...local, ...isolated }),
    ...select(person, (name) => name === "TF_CLI_CONFIG_FILE"),
  };
  const way = proxiesOf(person);
  return {
    plain,
    fetching: { ...plain, ...helpers, ...way },
    terraform,
    terraformInit: { ...terraform, ...way },
  };
}

/** With these the SDK of Terraform's provider reads neither the person's profiles nor the machine's role. */
const isolated: Environment = {
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: "true",
};

function isPlain(name: string, system: string): boolean {
  if (system === "win32" && windowsNames.includes(name.toUpperCase())) return true;
  return names.includes(name) || prefixes.some((prefix) => name.startsWith(prefix));
}

/** The person's proxies, which this machine's own addresses never go through. */
function proxiesOf(person: Variables): Environment {
  const way = select(person, (name) => proxies.includes(name));
  if (Object.keys(way).length === 0) return {};
  const given = person["NO_PROXY"] || person["no_proxy"];
  const direct = [
    ...(given ? [given] : []),
    "localhost",
    ".localhost",
    "127.0.0.0/8",
    "127.0.0.1",
    "::1",
  ].join(",");
  return { ...way, NO_PROXY: direct, no_proxy: direct };
}

function select(person: Variables, isWanted: (name: string) => boolean): Environment {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(person))
    if (value !== undefined && isWanted(name)) found[name] = value;
  return found;
}
