import { inCollection, testBadFiles } from "./testing/bad-files.ts";

const web = (settings: string) => `services: {a: {image: x, ports: ["80"], x-freehold: {${settings}}}}`;

/** What is told where it is written, a row for each kind of value. */
testBadFiles([
  {
    what: "an account of eleven digits",
    file: inCollection('account: "11111111111"'),
    says: [
      '2:32 x-freehold.collections.c.account `11111111111` must be 12 digits, in quotes: "111111111111"',
    ],
  },
  {
    what: "a region that is misspelt",
    file: inCollection("region: eu-centrl-1"),
    says: [
      "2:32 x-freehold.collections.c.region `eu-centrl-1` must be an AWS region; did you mean `eu-central-1`?",
    ],
  },
  {
    what: "a network too small for the zones",
    file: inCollection("network: {cidr: 10.0.0.0/24}"),
    says: [
      "2:42 x-freehold.collections.c.network.cidr `10.0.0.0/24` must be /16 to /22: a smaller one leaves no room for subnets",
    ],
  },
  {
    what: "a network of public addresses",
    file: inCollection("network: {cidr: 11.0.0.0/16}"),
    says: [
      "2:42 x-freehold.collections.c.network.cidr `11.0.0.0/16` must be a private range: 10.x, 172.16–31.x or 192.168.x",
    ],
  },
  {
    what: "a network that begins within its range",
    file: inCollection("network: {cidr: 10.0.5.0/20}"),
    says: [
      "2:42 x-freehold.collections.c.network.cidr `10.0.5.0/20` must begin where its range does: `10.0.0.0/20`",
    ],
  },
  {
    what: "an environment that ends with a hyphen",
    file: inCollection("environments: {e-: {}}"),
    says: [
      "2:47 x-freehold.collections.c.environments.e- is no valid name; use small letters, digits and hyphens, 32 at most, a letter first and no hyphen last",
    ],
  },
  {
    what: "tags that AWS does not take",
    file: inCollection('tags: {"aws:team": a, "": b, c: "d*"}'),
    says: [
      "2:39 x-freehold.collections.c.tags.aws:team `aws:team` must not begin with `aws:`, which AWS keeps for itself",
      "2:54 x-freehold.collections.c.tags. nothing must be 1 to 128 letters, digits, blanks and _ . : / = + @ -",
      "2:61 x-freehold.collections.c.tags.c `d*` must be at most 256 letters, digits, blanks and _ . : / = + @ -",
    ],
  },
  {
    what: "bounds of scaling that leave nothing between them",
    file: web("scale: {min: 5, max: 2}"),
    says: ["1:70 services.a.x-freehold.scale.max `2` must not be below `min`, which is 5"],
  },
  {
    what: "kinds of value of which none was meant",
    file: web("health: 3, release: {}, variables: {A-B: c}"),
    says: [
      "1:54 services.a.x-freehold.health must be a text or a section of settings, not `3`",
      "1:65 services.a.x-freehold.release must be a list or a text, not a section",
      "1:90 services.a.x-freehold.variables.A-B `A-B` must be a variable's name: letters, digits and underscores",
    ],
  },
  {
    what: "times out of bounds",
    file: web("health: {interval: 2m, grace: 3h}"),
    says: ["1:77 services.a.x-freehold.health.grace `10800` must be 0 to 7200 seconds"],
  },
  {
    what: "zones that are no number",
    file: inCollection("network: {azs: three}"),
    says: ["2:42 x-freehold.collections.c.network.azs `three` must be 2 or 3"],
  },
  {
    what: "a rule without its time, which is no empty list",
    file: "services: {a: {image: x}}\nx-freehold: {resources: {f: {type: bucket, lifecycle: [{prefix: a}]}}}",
    says: ["2:56 x-freehold.resources.f.lifecycle[0].expire_after is missing; it must be a text"],
  },
  {
    what: "a check that lasts longer than the time to the next",
    file: web("health: {timeout: 10}"),
    says: [
      "1:63 services.a.x-freehold.health.timeout must leave a check time to end before the next: the timeout of 10 s is not below the interval of 5 s",
    ],
  },
  {
    what: "a day that never comes",
    file: 'services: {a: {image: x, x-freehold: {schedule: "0 0 30 2 *"}}}',
    says: [
      "1:39 services.a.x-freehold.schedule `0 0 30 2 *`: no month it names has such a day, so it never runs",
    ],
  },
  {
    what: "a time zone that is none",
    file: 'services: {a: {image: x, x-freehold: {schedule: "@daily", timezone: Europe/Berln}}}',
    says: [
      "1:59 services.a.x-freehold.timezone `Europe/Berln` is no time zone; write one such as `Europe/Berlin`",
    ],
  },
  {
    what: "a task larger than Fargate has",
    file: web("memory: 200g"),
    says: ["1:54 services.a asks for 204800 MiB; a Fargate task has 16 vCPU, 120 GiB at most"],
  },
  {
    what: "an engine that RDS no longer has",
    file: "services: {a: {image: x}, db: {image: postgres:9}}",
    says: ["1:32 services.db.image postgres:9 is past the end of RDS support; use 13 to 18"],
  },
  {
    what: "a cache that ElastiCache has not",
    file: "services: {a: {image: x}, c: {image: 'redis:3'}}",
    says: ["1:31 services.c.image ElastiCache has no redis 3; use one of 7.1, 7.0, 6.2"],
  },
  {
    what: "one path for two",
    file: `services:
  a: {image: x, ports: ["80"], x-freehold: {path: /api}}
  b: {image: x, ports: ["80"], x-freehold: {path: /api/}}`,
    says: [
      "3:45 services.b.x-freehold.path `/api` is answered by `a` already // give one of them another `x-freehold.path`",
    ],
  },
  {
    what: "a name of nothing in depends_on and uses",
    file: "services: {a: {image: x, depends_on: [bb], x-freehold: {uses: [q]}}, b: {image: x}}",
    says: [
      "1:39 services.a.depends_on `bb` is no service of this file // did you mean `b`? (allowed: a, b)",
      "1:64 services.a.x-freehold.uses `q` is no resource of this file // (there is none)",
    ],
  },
  {
    what: "services that wait for each other",
    file: "services: {a: {image: x, depends_on: [b]}, b: {image: x, depends_on: [a]}}",
    says: ["1:39 services.a.depends_on waits for itself: a → b → a // remove one of these from `depends_on`"],
  },
  {
    what: "two names whose variables would be one",
    file: "services: {my-db: {image: 'postgres:17'}, my_db: {image: 'postgres:17'}}",
    says: [
      "1:12 services.my-db and `my_db` differ too little; their variables would be the same",
      "1:43 services.my_db and `my-db` differ too little; their variables would be the same",
    ],
  },
]);
