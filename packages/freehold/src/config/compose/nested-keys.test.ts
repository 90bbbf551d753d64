import assert from "node:assert/strict";
import { test } from "node:test";
import { problemsOf } from "../testing/bad-files.ts";
import { buildKeys, deployKeys, fileKeys, type KeyTable, serviceKeys } from "./keys.ts";

/**
 * The keys within keys of https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json. What stands below a key
 * that is noted or refused as a whole shares its fate.
 */
const specification: Readonly<Record<string, string>> = {
  "services.a.blkio_config":
    "device_read_bps device_read_iops device_write_bps device_write_iops weight weight_device",
  "services.a.build": `additional_contexts args cache_from cache_to context dockerfile dockerfile_inline entitlements extra_hosts
    isolation labels network no_cache platforms privileged provenance pull sbom secrets shm_size ssh tags target ulimits`,
  "services.a.build.secrets[]": "gid mode source target uid",
  "services.a.build.ulimits.nofile": "hard soft",
  "services.a.configs[]": "gid mode source target uid",
  "services.a.credential_spec": "config file registry",
  "services.a.depends_on.b": "condition required restart",
  "services.a.deploy":
    "endpoint_mode labels mode placement replicas resources restart_policy rollback_config update_config",
  "services.a.deploy.placement": "constraints max_replicas_per_node preferences",
  "services.a.deploy.resources": "limits reservations",
  "services.a.deploy.resources.limits": "cpus memory pids",
  "services.a.deploy.resources.reservations": "cpus devices generic_resources memory",
  "services.a.deploy.restart_policy": "condition delay max_attempts window",
  "services.a.deploy.rollback_config": "delay failure_action max_failure_ratio monitor order parallelism",
  "services.a.deploy.update_config": "delay failure_action max_failure_ratio monitor order parallelism",
  "services.a.develop": "watch",
  "services.a.devices[]": "permissions source target",
  "services.a.env_file[]": "format path required",
  "services.a.extends": "file service",
  "services.a.gpus[]": "capabilities count device_ids driver options",
  "services.a.healthcheck": "disable interval retries start_interval start_period test timeout",
  "services.a.logging": "driver options",
  "services.a.models.m": "endpoint_var model_var",
  "services.a.networks.n":
    "aliases driver_opts gw_priority interface_name ipv4_address ipv6_address link_local_ips mac_address priority",
  "services.a.ports[]": "app_protocol host_ip mode name protocol published target",
  "services.a.post_start[]": "command environment privileged user working_dir",
  "services.a.pre_stop[]": "command environment privileged user working_dir",
  "services.a.provider": "options type",
  "services.a.secrets[]": "gid mode source target uid",
  "services.a.ulimits.nofile": "hard soft",
  "services.a.volumes[]": "bind consistency image read_only source target tmpfs type volume",
  "services.a.volumes[].bind": "create_host_path propagation recursive selinux",
  "services.a.volumes[].image": "subpath",
  "services.a.volumes[].tmpfs": "mode size",
  "services.a.volumes[].volume": "labels nocopy subpath",
  "configs.c": "content environment external file labels name template_driver",
  "include[]": "env_file path project_directory",
  "networks.n": "attachable driver driver_opts enable_ipv4 enable_ipv6 external internal ipam labels name",
  "networks.n.ipam": "config driver options",
  "secrets.s": "driver driver_opts environment external file labels name template_driver",
  "volumes.v": "driver driver_opts external labels name",
};

/** A file that says one thing only, at a path; `[]` is the first item of a list. */
function fileWith(path: string, key: string): string {
  const steps = path.replaceAll("[]", ".0").split(".");
  const part = steps.reduceRight<unknown>((inner, step) => (step === "0" ? [inner] : { [step]: inner }), {
    [key]: "1",
  });
  return JSON.stringify(part).replace('"a":{', '"a":{"image":"x",');
}

const tables: readonly (readonly [string, KeyTable])[] = [
  ["services.a.build", buildKeys],
  ["services.a.deploy", deployKeys],
  ["services.a", serviceKeys],
  ["", fileKeys],
];

/** Noted or refused with what holds it: then nothing below is looked at. */
function isSettled(path: string): boolean {
  return tables.some(([above, table]) => {
    const below = above === "" ? path : path.startsWith(`${above}.`) ? path.slice(above.length + 1) : "";
    const fate = table[below.split(/[.[]/)[0] ?? ""];
    return typeof fate === "object";
  });
}

function unknownKeys(text: string): readonly string[] {
  return problemsOf(text).filter((problem) => problem.includes("is not a setting"));
}

for (const [path, keys] of Object.entries(specification)) {
  test(`every key of ${path} has its fate`, () => {
    for (const key of keys.split(/\s+/)) {
      const text = fileWith(path, key);
      if (isSettled(path)) assert.deepEqual(unknownKeys(text), [], text);
      else assert.deepEqual([key, unknownKeys(text)], [key, []]);
    }
  });
}

test("what is in no specification is no key, wherever it stands", () => {
  const closed = Object.keys(specification).filter((path) => !isSettled(path));
  const missed = closed.filter((path) => unknownKeys(fileWith(path, "nonsense")).length === 0);
  assert.deepEqual(missed, []);
});
