import assert from "node:assert/strict";
import { devNull } from "node:os";
import { test } from "node:test";
import { createEnvironments, type Environments } from "./environment.ts";

const usual = {
  PATH: "/bin",
  HOME: "/home/me",
  LC_ALL: "C",
  XDG_STATE_HOME: "/state",
  LOCAL_AWS_PORT: "1",
  DOCKER_HOST: "unix:///run/docker.sock",
  DOCKER_CONTEXT: "desktop",
  SSH_AUTH_SOCK: "/agent",
  SSL_CERT_FILE: "/ca.pem",
};

/** What changes what a program does, or whom it works for. */
const hostile = {
  NODE_OPTIONS: "--require ./evil.js",
  LD_PRELOAD: "evil.so",
  GIT_SSH_COMMAND: "evil",
  BUILDKIT_HOST: "tcp://evil",
  TF_CLI_ARGS_plan: "-destroy",
  TF_DATA_DIR: "/elsewhere",
  TF_LOG: "TRACE",
  TF_VAR_x: "y",
  DOCKER_AUTH_CONFIG: "{}",
  LC: "no category",
};

const aws = {
  AWS_PROFILE: "prod",
  AWS_ACCESS_KEY_ID: "AKIAPROD",
  AWS_SESSION_TOKEN: "token",
  AWS_ENDPOINT_URL_S3: "https://evil.example",
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
  AWS_USE_FIPS_ENDPOINT: "true",
  AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://evil.example",
  AWS_WEB_IDENTITY_TOKEN_FILE: "/token",
};

const local = {
  AWS_ENDPOINT_URL: "http://127.0.0.1:1",
  AWS_ACCESS_KEY_ID: "AKIALOCAL",
  AWS_CA_BUNDLE: "/ours",
};
const isolated = {
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: "true",
};

const person = { ...usual, ...hostile, ...aws };
const all: readonly (keyof Environments)[] = ["plain", "fetching", "terraform", "terraformInit"];

test("with --local no child gets a key, profile or endpoint of the person", () => {
  const found = createEnvironments(person, local, "linux");
  assert.deepEqual(found, {
    plain: usual,
    fetching: usual,
    terraform: { ...usual, ...local, ...isolated },
    terraformInit: { ...usual, ...local, ...isolated },
  });
});

test("without it Terraform and credential helpers find the person's credentials as AWS's own tools do", () => {
  const found = createEnvironments(person, undefined, "linux");
  assert.deepEqual(found, {
    plain: usual,
    fetching: { ...usual, ...aws },
    terraform: { ...usual, ...aws },
    terraformInit: { ...usual, ...aws },
  });
});

test("proxies are for what fetches alone, and never for this machine", () => {
  const proxies = { HTTPS_PROXY: "http://proxy:3128", http_proxy: "http://proxy:3128" };
  const found = createEnvironments({ ...person, ...proxies, no_proxy: "corp.example" }, local, "linux");
  const withProxy = all.filter((one) => JSON.stringify(found[one]).includes("proxy:3128"));
  assert.deepEqual(withProxy, ["fetching", "terraformInit"]);
  for (const one of ["fetching", "terraformInit"] as const) {
    const { HTTPS_PROXY, http_proxy, NO_PROXY, no_proxy } = found[one];
    assert.deepEqual({ HTTPS_PROXY, http_proxy }, proxies);
    assert.equal(NO_PROXY, no_proxy);
    for (const name of ["corp.example", ".localhost", "localhost", "127.0.0.1", "::1"])
      assert.ok(NO_PROXY?.split(",").includes(name), name);
  }
});

test("keychains are for credential helpers alone", () => {
  const keychain = { DBUS_SESSION_BUS_ADDRESS: "unix:path=/bus" };
  const having = (given?: typeof local) => {
    const found = createEnvironments({ ...usual, ...keychain }, given, "linux");
    return all.filter((one) => "DBUS_SESSION_BUS_ADDRESS" in found[one]);
  };
  assert.deepEqual(having(local), ["fetching"]);
  assert.deepEqual(having(), ["fetching", "terraform", "terraformInit"]);
});

test("Windows writes names as it likes, and needs some of its own", () => {
  const windows = { Path: "C:\\bin", SystemRoot: "C:\\Windows", PATHEXT: ".EXE", LocalAppData: "C:\\me" };
  assert.deepEqual(createEnvironments({ ...windows, ...hostile }, undefined, "win32").plain, windows);
  assert.deepEqual(createEnvironments(windows, undefined, "linux").plain, {});
});
