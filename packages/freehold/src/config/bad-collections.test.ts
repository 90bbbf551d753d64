import { inCollection, inEnvironment, testBadFiles } from "./testing/bad-files.ts";

testBadFiles([
  {
    what: "an account that is no account",
    file: inCollection("account: 12"),
    says: [`2:32 x-freehold.collections.c.account \`12\` must be 12 digits, in quotes: "111111111111"`],
  },
  {
    what: "a region that is none",
    file: inCollection("region: Frankfurt"),
    says: ["2:32 x-freehold.collections.c.region `Frankfurt` must be an AWS region such as `us-east-1`"],
  },
  {
    what: "an egress that is not built",
    file: inCollection("network: {egress: endpoints}"),
    says: ["2:42 x-freehold.collections.c.network.egress `endpoints` is not built yet; `nat` is"],
  },
  {
    what: "four zones",
    file: inCollection("network: {azs: 4}"),
    says: ["2:42 x-freehold.collections.c.network.azs `4` must be 2 or 3"],
  },
  {
    what: "a public range of addresses",
    file: inCollection("network: {cidr: 8.8.0.0/16}"),
    says: [
      "2:42 x-freehold.collections.c.network.cidr `8.8.0.0/16` must be a private range: 10.x, 172.16–31.x or 192.168.x",
    ],
  },
  {
    what: "a role to take",
    file: inCollection("role: x"),
    says: ["2:32 x-freehold.collections.c.role is not built yet; use credentials of the account"],
  },
  {
    what: "a kind of environment that is none",
    file: inEnvironment("kind: prod"),
    says: [
      "2:51 x-freehold.collections.c.environments.e.kind `prod` is not allowed; it must be `preview` or `staging` or `production`",
    ],
  },
  {
    what: "an override of an unknown service",
    file: inEnvironment("services: {b: {}}"),
    says: [
      "2:62 x-freehold.collections.c.environments.e.services.b `b` is no service of this file // (allowed: a)",
    ],
  },
  {
    what: "an override out of bounds",
    file: inEnvironment("services: {a: {scale: {min: -1}}}"),
    says: ["2:74 services.a.x-freehold.scale.min `-1` is too small; at least 0"],
  },
  {
    what: "an environment's name with a capital",
    file: inCollection("environments: {Dev: {}}"),
    says: [
      "2:47 x-freehold.collections.c.environments.Dev is no valid name; use small letters, digits and hyphens, 32 at most, a letter first and no hyphen last",
    ],
  },
  {
    what: "not built yet, and checked: previews that are no section",
    file: inCollection("previews: true"),
    says: ["2:32 x-freehold.collections.c.previews must be a section of settings, not `true`"],
  },
  {
    what: "not built yet, and checked: an unknown setting of previews",
    file: inCollection("previews: {databse: own}"),
    says: [
      "2:43 x-freehold.collections.c.previews.databse is not a setting // did you mean `database`? (allowed: database, expire_after, pause_after, pull_requests)",
    ],
  },
  {
    what: "not built yet, and checked: a domain with its scheme",
    file: inCollection('domain: "https://shop.example"'),
    says: ["2:32 x-freehold.collections.c.domain `https://shop.example` must be written as `shop.example`"],
  },
  {
    what: "not built yet, and checked: a time of no unit",
    file: inCollection("previews: {pull_requests: true, expire_after: 14}"),
    says: [
      "2:64 x-freehold.collections.c.previews.expire_after `14` must be a time such as `30m`, `8h` or `14d`",
    ],
  },
  {
    what: "not built yet, and checked: an approval that is neither yes nor no",
    file: inEnvironment("approval: maybe"),
    says: ["2:51 x-freehold.collections.c.environments.e.approval must be true or false, not `maybe`"],
  },
  {
    what: "not built yet, and checked: an unknown strategy",
    file: inEnvironment("deploy: {strategy: big-bang}"),
    says: [
      "2:60 x-freehold.collections.c.environments.e.deploy.strategy `big-bang` is not allowed; it must be `rolling` or `blue-green` or `canary` or `linear`",
    ],
  },
]);
