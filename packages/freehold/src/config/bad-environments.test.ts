import assert from "node:assert/strict";
import { test } from "node:test";
import { inCollection, inEnvironment, testBadFiles } from "./testing/bad-files.ts";
import { notesOf } from "./testing/parse.ts";

const two = (first: string, second: string, around = "") => `services: {a: {image: x, ports: ["80"]${around}}}
x-freehold:
  collections:
    dev: { ${first} }
    live: { ${second} }`;

testBadFiles([
  {
    what: "releases taken over from an environment that the file has not",
    file: two("environments: {staging: }", "environments: {production: {promote_from: stagin}}"),
    says: [
      "5:41 x-freehold.collections.live.environments.production.promote_from `stagin` is no environment of this file // did you mean `staging`? (allowed: staging)",
    ],
  },
  {
    what: "releases taken over from one of two environments of a name",
    file: two("environments: {main: , live: {promote_from: main}}", "environments: {main: }"),
    says: [
      "4:42 x-freehold.collections.dev.environments.live.promote_from `main` is the name of several environments // write `dev/main` or `live/main`",
    ],
  },
  {
    what: "releases taken over from oneself",
    file: inEnvironment("promote_from: e"),
    says: [
      "2:51 x-freehold.collections.c.environments.e.promote_from names the environment itself // leave it out where releases are made",
    ],
  },
  {
    what: "releases taken over in a circle, told once",
    file: inCollection(
      "environments: {x: {promote_from: c/z}, y: {promote_from: x}, z: {promote_from: y}, w: {promote_from: x}}",
    ),
    says: [
      "2:51 x-freehold.collections.c.environments.x.promote_from goes round: x ← z ← y ← x // leave it out where releases are made",
    ],
  },
  {
    what: "one host name of two environments, however it is spelt",
    file: two(
      "environments: {staging: {domains: [a.example, shop.example]}}",
      "environments: {production: {domains: [Shop.Example.]}}",
    ),
    says: [
      "5:51 x-freehold.collections.live.environments.production.domains[0] `Shop.Example.` must be written as `shop.example`",
      "5:51 x-freehold.collections.live.environments.production.domains[0] `shop.example` leads to `dev/staging` already // a host name leads to one environment: write it under that one alone",
    ],
  },
  {
    what: "a service's host name, in every environment",
    file: two(
      "environments: {staging: }",
      "environments: {production: }",
      ", x-freehold: {domain: a.shop.example}",
    ),
    says: [
      "1:54 services.a.x-freehold.domain `a.shop.example` leads to `dev/staging` already // a host name leads to one environment: write it under that one alone",
    ],
  },
  {
    what: "a service's host name that another environment has as its own",
    file: two(
      "environments: {staging: {services: {a: {domain: shop.example}}}}",
      "environments: {production: {domains: [shop.example]}}",
    ),
    says: [
      "5:51 x-freehold.collections.live.environments.production.domains[0] `shop.example` leads to `dev/staging` already // a host name leads to one environment: write it under that one alone",
    ],
  },
  {
    what: "one domain of two collections",
    file: two("domain: shop.example", "domain: shop.example"),
    says: [
      "5:13 x-freehold.collections.live.domain `shop.example` is the domain of `dev` already // give it one of its own, as `live.shop.example`, or name the `zone` that both share",
    ],
  },
]);

for (const [what, written, says] of [
  ["a capital", "Shop.example", "must be written as `shop.example`"],
  ["a dot at the end", "shop.example.", "must be written as `shop.example`"],
  ["another alphabet", "bücher.example", "must be written as `xn--bcher-kva.example`"],
  ["a scheme", "https://shop.example/", "must be written as `shop.example`"],
  [
    "a path",
    "shop.example/api",
    "must be a host name such as `shop.example`, without `https://` and without a path",
  ],
  [
    "a port",
    "shop.example:443",
    "must be a host name such as `shop.example`, without `https://` and without a path",
  ],
  [
    "one word",
    "localhost",
    "must be a host name such as `shop.example`, without `https://` and without a path",
  ],
  [
    "an address",
    "10.0.0.1",
    "must be a host name such as `shop.example`, without `https://` and without a path",
  ],
  [
    "a wildcard",
    "*.shop.example",
    "must be a host name; `*` stands for none: write each, as `www.shop.example`",
  ],
] as const)
  testBadFiles([
    {
      what: `a host name with ${what}`,
      file: inEnvironment(`domains: ["${written}"]`),
      says: [`2:61 x-freehold.collections.c.environments.e.domains[0] \`${written}\` ${says}`],
    },
  ]);

for (const [cidr, says] of [
  ["10.0.0.0/15", "must be /16 to /22: no VPC is larger"],
  ["10.0.0.0/23", "must be /16 to /22: a smaller one leaves no room for subnets"],
  ["10.0.0.0", "must be a range such as `10.0.0.0/16`"],
  ["10.256.0.0/16", "must be a range such as `10.0.0.0/16`"],
  ["172.32.0.0/16", "must be a private range: 10.x, 172.16–31.x or 192.168.x"],
  ["100.64.0.0/16", "must be a private range: 10.x, 172.16–31.x or 192.168.x"],
  ["192.168.1.0/20", "must begin where its range does: `192.168.0.0/20`"],
  ["10.0.0.0/33", "must be a range such as `10.0.0.0/16`"],
] as const)
  testBadFiles([
    {
      what: `a network of ${cidr}`,
      file: inCollection(`network: {cidr: ${cidr}}`),
      says: [`2:42 x-freehold.collections.c.network.cidr \`${cidr}\` ${says}`],
    },
  ]);

test("networks that overlap are told where one of them is written", () => {
  const says = (first: string, second: string) =>
    notesOf(two(first, second)).filter((note) => note.includes("overlaps"));
  const wide = "network: {cidr: 10.8.0.0/16}";
  assert.deepEqual(says(wide, "network: {cidr: 10.8.4.0/22}"), [
    "x-freehold.collections.live.network.cidr: 10.8.4.0/22 overlaps 10.8.0.0/16 of `dev`: networks that overlap can never be joined, and neither can be changed later",
  ]);
  assert.equal(says("network: {cidr: 10.0.128.0/20}", "").length, 1);
  assert.deepEqual(says(wide, ""), []);
  assert.deepEqual(says("", ""), []);
});

test("host names and networks that are apart are right", () => {
  assert.deepEqual(
    notesOf(
      two(
        "domain: dev.shop.example, zone: Z1, environments: {staging: {domains: [a.example]}, tiny: }",
        "domain: dev.shop.example, environments: {production: {promote_from: dev/staging, domains: [www.a.example]}}",
      ),
    ).filter((note) => !note.includes("not built yet") && !note.startsWith("production")),
    [],
  );
});
