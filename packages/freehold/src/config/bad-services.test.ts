import { testBadFiles } from "./testing/bad-files.ts";

testBadFiles([
  {
    what: "an unknown key of a service",
    file: `
services:
  a:
    image: nginx:1
    enviroment: {A: b}
`,
    says: [
      "4:5 services.a.enviroment is not a setting of Compose // did you mean `environment`? (allowed: build, cap_add, cap_drop, command, configs, cpus, depends_on, deploy, entrypoint, env_file, environment, expose, extends, extra_hosts, healthcheck, image, init, links, mem_limit, mem_reservation, network_mode, platform, ports, profiles, read_only, restart, scale, secrets, security_opt, stop_grace_period, stop_signal, tmpfs, ulimits, user, volumes, working_dir)",
    ],
  },
  {
    what: "an unknown key of a build",
    file: `
services:
  a:
    build: {contxt: .}
`,
    says: [
      "3:13 services.a.build.contxt is not a setting of Compose // did you mean `context`? (allowed: args, context, dockerfile, dockerfile_inline, target)",
    ],
  },
  {
    what: "images that Docker would take for options, or for none",
    file: `
services:
  a:
    image: --privileged
  b: {image: "-v/:/x"}
  c: {image: "acme/api:"}
`,
    says: [
      "3:5 services.a.image `--privileged` is not the name of an image // write it as `name:tag`, e.g. `nginx:1.27` or `ghcr.io/acme/api:v2`",
      "4:7 services.b.image `-v/:/x` is not the name of an image // write it as `name:tag`, e.g. `nginx:1.27` or `ghcr.io/acme/api:v2`",
      "5:7 services.c.image `acme/api:` is not the name of an image // write it as `name:tag`, e.g. `nginx:1.27` or `ghcr.io/acme/api:v2`",
    ],
  },
  {
    what: "an unknown setting",
    file: `
services:
  a:
    image: nginx:1
    ports: ["80"]
    x-freehold: { scale: { maxx: 3 } }
`,
    says: [
      "5:28 services.a.x-freehold.scale.maxx is not a setting // did you mean `max`? (allowed: backlog, cooldown, cpu, max, memory, min, requests, scale_in, schedule)",
    ],
  },
  {
    what: "an unknown type",
    file: `
services:
  a:
    image: nginx:1
    x-freehold: { type: webb }
`,
    says: [
      "4:25 services.a.x-freehold.type `webb` is not a type // did you mean `web`? (allowed: bucket, cache, cron, database, ignore, job, private, queue, site, table, topic, web, worker)",
    ],
  },
  {
    what: "a resource that would be a service",
    file: `
services: {a: {image: x}}
x-freehold: {resources: {t: {type: web}}}`,
    says: [
      "2:36 x-freehold.resources.t.type `web` is not a type // (allowed: bucket, cache, database, queue, table, topic, volume)",
    ],
  },
  {
    what: "a resource without a type",
    file: `
services: {a: {image: x}}
x-freehold: {resources: {t: {}}}`,
    says: [
      "2:26 x-freehold.resources.t.type is missing // (allowed: bucket, cache, database, queue, table, topic, volume)",
    ],
  },
  {
    what: "versions of MySQL and MariaDB that RDS does not have, or no more",
    file: `
services:
  a: {image: "mysql:5.7"}
  b: {image: "mysql:9.1"}
  c: {image: "mariadb:10.6.4"}
  d: {image: "mariadb:10.2"}
  e: {image: "mariadb:12", x-freehold: {version: "11.5"}}
`,
    says: [
      "2:7 services.a.image mysql:5.7 is past the end of RDS support; use 8.0 or 8.4",
      "3:7 services.b.image mysql:9.1 is not a version RDS is asked for here; use 8.0 or 8.4",
      "4:7 services.c.image mariadb:10.6.4 is past the end of RDS support; use 10.11, 11.4 or 11.8",
      "5:7 services.d.image mariadb:10.2 is past the end of RDS support; use 10.11, 11.4 or 11.8",
      "6:41 services.e.x-freehold.version 11.5 is not a version RDS is asked for here; use 10.11, 11.4 or 11.8",
    ],
  },
  {
    what: "a database that is no known kind",
    file: `
services: {a: {image: x}}
x-freehold: {resources: {d: {type: database, engine: oracle}}}`,
    says: [
      "2:46 x-freehold.resources.d.engine `oracle` is not allowed; it must be `postgres` or `mysql` or `mariadb`",
    ],
  },
  {
    what: "a PostgreSQL that RDS has no more",
    file: `
services:
  a:
    image: postgres:9
`,
    says: ["3:5 services.a.image postgres:9 is past the end of RDS support; use 13 to 18"],
  },
  {
    what: "a PostgreSQL that RDS has not yet",
    file: `
services:
  a:
    image: postgres:19-alpine
`,
    says: ["3:5 services.a.image postgres:19-alpine is not a version RDS is asked for here; use 13 to 18"],
  },
  {
    what: "a Redis that ElastiCache does not have",
    file: `
services:
  a:
    image: redis:5
`,
    says: ["3:5 services.a.image ElastiCache has no redis 5; use one of 7.1, 7.0, 6.2"],
  },
  {
    what: "a privileged container",
    file: `
services:
  a:
    image: nginx:1
    privileged: true
`,
    says: ["4:5 services.a.privileged Fargate runs no privileged container // remove `privileged`"],
  },
  {
    what: "a capability",
    file: `
services:
  a:
    image: nginx:1
    cap_add: [NET_ADMIN]
`,
    says: [
      "4:15 services.a.cap_add[0] Fargate grants no capability but SYS_PTRACE and those a container has anyway",
    ],
  },
  {
    what: "the host's network",
    file: `
services:
  a:
    image: nginx:1
    network_mode: host
`,
    says: ["4:5 services.a.network_mode Fargate has no network of a host; remove `network_mode: host`"],
  },
  {
    what: "the Docker socket",
    file: `
services:
  a:
    image: nginx:1
    volumes: ["/var/run/docker.sock:/var/run/docker.sock"]
`,
    says: [
      "4:15 services.a.volumes Fargate has no Docker socket // give the service `x-freehold.type: ignore`, as `freehold init` proposes",
    ],
  },
  {
    what: "a volume that the file does not name",
    file: `
services:
  a:
    image: x
    volumes: ["dat:/data"]
volumes: {data: {}}`,
    says: ["4:15 services.a.volumes `dat` is no volume of this file // did you mean `data`? (allowed: data)"],
  },
  {
    what: "no volumes at all",
    file: `
services:
  a: { image: x, volumes: ["data:/data"] }`,
    says: ["2:28 services.a.volumes `data` is no volume of this file // name it: `volumes: { data: {} }`"],
  },
  {
    what: "a volume with a database's name, and a path that is none",
    file: `
services:
  db: { image: "postgres:17", volumes: ["db:/var/lib/postgresql/data"] }
  backup: { image: x, volumes: ["db:/data:ro", "files:relative"] }
volumes: { db: {}, files: {} }`,
    says: [
      "3:23 services.backup.volumes `relative`: the path of `files` must be absolute, and not `/`",
      "4:12 volumes.db and the database `db` have one name; give the volume another",
    ],
  },
  {
    what: "a folder outside the volume, and a kind of mount that Fargate lacks",
    file: `
services:
  a:
    image: x
    volumes:
      - { type: volume, source: data, target: /data, volume: { subpath: ../x } }
      - { type: image, source: y, target: /y }
volumes: { data: }`,
    says: [
      "5:64 services.a.volumes[0].volume.subpath `../x` must be a folder below the volume, three deep at most",
      "6:11 services.a.volumes[1].type `image` must be `volume`, `bind` or `tmpfs`; Fargate mounts nothing else",
    ],
  },
  {
    what: "extends of a service that is not there",
    file: `
services:
  a:
    image: nginx:1
    extends: nowhere
`,
    says: ["4:5 services.a.extends names `nowhere`, which is no service of f // (allowed: a)"],
  },
]);
