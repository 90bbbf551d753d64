import { testBadFiles } from "./testing/bad-files.ts";

/** A file with one of everything that may be named; `a` is at line 2 and `around` at line 10. */
const naming = (settings: string, around = "{}") => `services:
  a: { image: x, ${settings} }
  worker: { image: y }
  db: { image: "postgres:17" }
  adminer: { image: adminer }
volumes: { data: {} }
networks: { back: {} }
x-freehold:
  resources: { jobs: { type: queue }, files: { type: bucket } }
  collections: { c: { environments: { e: ${around} } } }`;

/** What names another thing of the file, with what it may not name: nothing, another kind, itself. */
testBadFiles([
  {
    what: "depends_on of a resource, which Compose does not know",
    file: naming("depends_on: [jobs]"),
    says: [
      "2:31 services.a.depends_on `jobs` is no service, and Compose knows no other thing to wait for // name it under `x-freehold.uses`; it is there before any service starts",
    ],
  },
  {
    what: "a link to oneself",
    file: naming("links: [a]"),
    says: ["2:18 services.a.links waits for itself: a → a // remove one of these from `links`"],
  },
  {
    what: "uses of what is near the name of a service that nobody can call",
    file: naming("x-freehold: { uses: [wrker] }"),
    says: [
      "2:39 services.a.x-freehold.uses `wrker` is no resource of this file // did you mean `worker`? (allowed: data, db, files, jobs)",
    ],
  },
  {
    what: "uses of oneself",
    file: naming("x-freehold: { uses: [a] }"),
    says: ["2:39 services.a.x-freehold.uses names the service itself // remove `a`"],
  },
  {
    what: "uses of what is left out",
    file: naming("x-freehold: { uses: [adminer] }"),
    says: [
      "2:39 services.a.x-freehold.uses `adminer` is left out on AWS // remove `adminer`, or give it a `type` that keeps it",
    ],
  },
  {
    what: "networks of no name, and a place beside no service",
    file: naming("networks: [bck, default, back], network_mode: 'service:wrker'"),
    says: [
      "2:29 services.a.networks `bck` is no network of this file // did you mean `back`? (allowed: back, default)",
      "2:50 services.a.network_mode `wrker` is no service of this file // did you mean `worker`? (allowed: a, adminer, db, worker)",
    ],
  },
  {
    what: "networks that are joined with settings",
    file: naming("networks: { default: {}, data: { aliases: [x] } }"),
    says: ["2:43 services.a.networks `data` is no network of this file // (allowed: back, default)"],
  },
  {
    what: "a network where the file has none",
    file: "services: { a: { image: x, networks: [web] } }",
    says: ["1:39 services.a.networks `web` is no network of this file // name it: `networks: { web: {} }`"],
  },
  {
    what: "settings of a resource among those of services",
    file: naming("command: b", "{ services: { jobs: { fifo: true }, jbos: {} }, resources: { jbos: {} } }"),
    says: [
      "10:56 x-freehold.collections.c.environments.e.services.jobs `jobs` is no service of this file // write it under `resources`",
      "10:78 x-freehold.collections.c.environments.e.services.jbos `jbos` is no service of this file // (allowed: a, adminer, db, worker)",
      "10:103 x-freehold.collections.c.environments.e.resources.jbos `jbos` is no resource of this file // did you mean `jobs`? (allowed: a, adminer, data, db, files, jobs, worker)",
    ],
  },
]);
