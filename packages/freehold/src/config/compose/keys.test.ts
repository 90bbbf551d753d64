import assert from "node:assert/strict";
import { test } from "node:test";
import { buildSchema } from "./build.ts";
import { deploySchema } from "./deploy.ts";
import { buildKeys, deployKeys, fileKeys, type KeyTable, serviceKeys } from "./keys.ts";
import { serviceSchema } from "./service.ts";

function honoured(table: KeyTable): readonly string[] {
  return Object.keys(table)
    .filter((key) => table[key] === "honoured")
    .sort();
}

test("every honoured key is read by the schema of its section, and no other", () => {
  assert.deepEqual(honoured(serviceKeys), Object.keys(serviceSchema.shape).sort());
  assert.deepEqual(honoured(deployKeys), Object.keys(deploySchema.shape).sort());
  const [, long] = buildSchema.options;
  assert.deepEqual(honoured(buildKeys), Object.keys(long.shape).sort());
});

/** The properties of https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json, by section. */
const specification = {
  file: "configs include models name networks secrets services version volumes",
  service: `annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name
    cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec
    depends_on deploy develop device_cgroup_rules devices dns dns_opt dns_search domainname entrypoint env_file
    environment expose extends external_links extra_hosts gpus group_add healthcheck hostname image init ipc isolation
    label_file labels links logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit models
    network_mode networks oom_kill_disable oom_score_adj pid pids_limit platform ports post_start pre_stop privileged
    profiles provider pull_policy pull_refresh_after read_only restart runtime scale secrets security_opt shm_size
    stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts
    volumes volumes_from working_dir`,
  deploy:
    "endpoint_mode labels mode placement replicas resources restart_policy rollback_config update_config",
};

test("every key of the Compose specification has its fate", () => {
  const words = (text: string) => text.split(/\s+/).sort();
  assert.deepEqual(Object.keys(fileKeys).sort(), words(specification.file));
  assert.deepEqual(Object.keys(serviceKeys).sort(), words(specification.service));
  assert.deepEqual(Object.keys(deployKeys).sort(), words(specification.deploy));
});
