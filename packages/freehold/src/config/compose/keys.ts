/**
 * What becomes of every key of the Compose specification
 * (https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json). A key that stands in none of these
 * tables is not in the specification, and an error.
 */
export type Fate =
  /** Read by the schema of its section. */
  | "honoured"
  /** Accepted, changes nothing, and the user is told so once. */
  | { readonly noted: string }
  /** Would change what the application does, or is not safe: an error. */
  | { readonly refused: string; readonly hint: string };

export type KeyTable = Readonly<Record<string, Fate>>;

const noHost = "means nothing on Fargate, where no host is shared";
const later = "is not built yet and changes nothing for now";
const atBuild = "is not built yet; the image is built without it";

const noted = (reason: string): Fate => ({ noted: reason });
const refused = (reason: string, hint: string): Fate => ({ refused: reason, hint });

export const fileKeys: KeyTable = {
  name: "honoured",
  services: "honoured",
  volumes: "honoured",
  version: noted("is obsolete in Compose and means nothing"),
  networks: noted("means nothing on AWS: the services of an environment share one network"),
  include: "honoured",
  secrets: "honoured",
  configs: "honoured",
  models: refused("has no counterpart on AWS here", "remove it"),
};

export const serviceKeys: KeyTable = {
  build: "honoured",
  cap_add: "honoured",
  cap_drop: "honoured",
  command: "honoured",
  configs: "honoured",
  cpus: "honoured",
  depends_on: "honoured",
  deploy: "honoured",
  entrypoint: "honoured",
  env_file: "honoured",
  environment: "honoured",
  expose: "honoured",
  extends: "honoured",
  extra_hosts: "honoured",
  healthcheck: "honoured",
  image: "honoured",
  init: "honoured",
  links: "honoured",
  mem_limit: "honoured",
  mem_reservation: "honoured",
  network_mode: "honoured",
  platform: "honoured",
  ports: "honoured",
  profiles: "honoured",
  read_only: "honoured",
  restart: "honoured",
  scale: "honoured",
  secrets: "honoured",
  security_opt: "honoured",
  stop_grace_period: "honoured",
  stop_signal: "honoured",
  tmpfs: "honoured",
  ulimits: "honoured",
  user: "honoured",
  volumes: "honoured",
  working_dir: "honoured",

  annotations: noted(noHost),
  attach: noted("is about the terminal at home"),
  blkio_config: noted(noHost),
  cgroup_parent: noted(noHost),
  container_name: noted("is no name on AWS: variables that hold it get that of the service"),
  cpu_count: noted("is for Windows; use `cpus`"),
  cpu_percent: noted("is for Windows; use `cpus`"),
  cpu_period: noted("means nothing on Fargate; use `cpus`"),
  cpu_quota: noted("means nothing on Fargate; use `cpus`"),
  cpu_rt_period: noted(noHost),
  cpu_rt_runtime: noted(noHost),
  cpu_shares: noted("means nothing on Fargate; use `cpus`"),
  cpuset: noted(noHost),
  develop: noted("is about the laptop"),
  dns: noted("means nothing on Fargate: the VPC resolves names"),
  dns_opt: noted("means nothing on Fargate: the VPC resolves names"),
  dns_search: noted("means nothing on Fargate: the VPC resolves names"),
  domainname: noted("means nothing on Fargate"),
  external_links: noted("means nothing on Fargate"),
  group_add: noted("means nothing on Fargate"),
  hostname: noted("is no name on AWS: variables that hold it get that of the service"),
  isolation: noted("is for Windows"),
  label_file: noted("means nothing on AWS; use `tags` of the collection"),
  labels: noted("means nothing on AWS; use `tags` of the collection"),
  logging: noted("means nothing on AWS: output goes to CloudWatch Logs"),
  mac_address: noted(noHost),
  mem_swappiness: noted("means nothing on Fargate, which has no swap"),
  memswap_limit: noted("means nothing on Fargate, which has no swap"),
  networks: noted("means nothing on AWS: the services of an environment share one network"),
  oom_kill_disable: noted(noHost),
  oom_score_adj: noted(noHost),
  pids_limit: noted("means nothing on Fargate"),
  pull_policy: noted("means nothing on AWS: images are pinned by digest"),
  pull_refresh_after: noted("means nothing on AWS: images are pinned by digest"),
  runtime: noted("means nothing on Fargate"),
  shm_size: noted("means nothing on Fargate, where it is 64 MiB"),
  stdin_open: noted("is about the terminal at home"),
  storage_opt: noted("means nothing on Fargate"),
  sysctls: noted(later),
  tty: noted("is about the terminal at home"),

  cgroup: refused("is about the host, which Fargate does not share", "remove it"),
  credential_spec: refused("is for Windows", "remove it"),
  device_cgroup_rules: refused("Fargate has no devices of a host", "remove `device_cgroup_rules`"),
  devices: refused("Fargate has no devices of a host", "remove `devices`"),
  gpus: refused("Fargate has no GPUs", "remove `gpus`"),
  ipc: refused("is about the host, which Fargate does not share", "remove it"),
  models: refused("has no counterpart on AWS here", "remove it"),
  pid: refused("is about the host, which Fargate does not share", "remove it"),
  post_start: refused("is not built yet", "do it in the image's entrypoint"),
  pre_stop: refused("is not built yet", "do it when the process gets SIGTERM"),
  privileged: refused("Fargate runs no privileged container", "remove `privileged`"),
  provider: refused("is run by Compose itself", "use a type of `x-freehold`, or `type: ignore`"),
  use_api_socket: refused(
    "Fargate has no Docker socket",
    "remove it, or give the service `x-freehold.type: ignore`",
  ),
  userns_mode: refused("is about the host, which Fargate does not share", "remove it"),
  uts: refused("is about the host, which Fargate does not share", "remove it"),
  volumes_from: refused("Fargate has no volumes of another container", "remove `volumes_from`"),
};

export const buildKeys: KeyTable = {
  args: "honoured",
  context: "honoured",
  dockerfile: "honoured",
  dockerfile_inline: "honoured",
  target: "honoured",

  cache_from: noted("is not needed: the registry's cache is used"),
  cache_to: noted("is not needed: the registry's cache is used"),
  isolation: noted("is for Windows"),
  labels: noted(atBuild),
  no_cache: noted("is not needed: an image is built once per digest of its input"),
  no_cache_filter: noted("is not needed: an image is built once per digest of its input"),
  platforms: noted("is not needed: `platform` of the service decides"),
  provenance: noted(atBuild),
  pull: noted("is not needed"),
  sbom: noted(atBuild),
  shm_size: noted(atBuild),
  tags: noted("means nothing on AWS: images are tagged by digest"),
  ulimits: noted(atBuild),

  additional_contexts: refused("is not built yet", "bring the files into the context"),
  entitlements: refused("asks for rights that a build does not get", "remove `entitlements`"),
  extra_hosts: refused("is not built yet", "use real host names"),
  network: refused("is not built yet", "remove it"),
  privileged: refused("asks for rights that a build does not get", "remove `privileged`"),
  secrets: refused("is not built yet", "remove them"),
  ssh: refused("is not built yet", "remove it"),
};

/** Of an entry of the file's own `volumes`. */
export const volumeKeys: KeyTable = {
  driver: "honoured",
  driver_opts: "honoured",
  external: "honoured",
  labels: noted("means nothing on AWS; use `tags` of the collection"),
  name: "honoured",
};

/** Of an entry of the file's own `secrets`. */
export const secretKeys: KeyTable = {
  environment: "honoured",
  external: "honoured",
  file: "honoured",
  name: "honoured",

  driver: noted("is for Swarm: on AWS a secret lies in Secrets Manager"),
  driver_opts: noted("is for Swarm: on AWS a secret lies in Secrets Manager"),
  labels: noted("means nothing on AWS; use `tags` of the collection"),
  template_driver: noted("is for Swarm: on AWS a secret lies in Secrets Manager"),
};

/** Of an entry of the file's own `configs`. */
export const configKeys: KeyTable = {
  content: "honoured",
  environment: "honoured",
  file: "honoured",
  name: "honoured",

  labels: noted("means nothing on AWS: a config lies in the image of the containers that carry it"),
  external: refused(
    "is in a store of Docker's, which AWS does not have",
    "give it `file` or `content`; what is secret belongs under `secrets`",
  ),
  template_driver: refused("is for Swarm", "write the content as it shall be"),
};

export const deployKeys: KeyTable = {
  replicas: "honoured",
  resources: "honoured",

  endpoint_mode: noted("is for Swarm"),
  labels: noted("means nothing on AWS; use `tags` of the collection"),
  mode: noted("is for Swarm"),
  placement: noted("is for Swarm"),
  restart_policy: noted("means nothing on Fargate: ECS replaces what stops"),
  rollback_config: noted("is for Swarm: a failed release is always rolled back"),
  update_config: noted("is for Swarm: releases roll with no task missing"),
};
