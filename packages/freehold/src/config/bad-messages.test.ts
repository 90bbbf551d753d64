import { testBadFiles } from "./testing/bad-files.ts";

const resources = (text: string) => `services: { a: { image: "nginx:1" } }
x-freehold:
  resources:
${text}`;

testBadFiles([
  {
    what: "an attribute with two types, and a key that names one twice",
    file: resources(`    t:
      type: table
      sort: { name: at, type: number }
      indexes: { by_day: { key: day, sort: at }, odd: { key: day, sort: day } }
`),
    says: [
      "7:18 x-freehold.resources.t.indexes.by_day takes `at` for a string; it is a number in another key",
      "7:50 x-freehold.resources.t.indexes.odd names `day` twice: to find items, and to order them",
    ],
  },
  {
    what: "indexes that are nothing",
    file: resources(`    t:
      type: table
      key: house
      sort: { name: day }
      indexes:
        none: {}
        both: { key: house, sort: at, local: true }
        bare: { local: true }
`),
    says: [
      "9:15 x-freehold.resources.t.indexes.none.key is missing",
      "10:17 x-freehold.resources.t.indexes.both.key must be left out of a local index: it is the table's own",
      "11:15 x-freehold.resources.t.indexes.bare.sort is missing: a local index orders items in another way",
    ],
  },
  {
    what: "a local index of a table that has no order",
    file: resources("    t: { type: table, indexes: { recent: { sort: at, local: true } } }\n"),
    says: [
      "4:23 x-freehold.resources.t.indexes are local in part; that needs a table with `sort`, which orders them otherwise",
    ],
  },
  {
    what: "what a topic cannot feed",
    file: resources(`    news:
      type: topic
      subscriptions: [letters, a, nobody]
    letters: { type: queue, fifo: true }
`),
    says: [
      "6:23 x-freehold.resources.news.subscriptions.letters keeps the order of its messages, and `news` does not // write `fifo: true` for both or for neither",
      "6:32 x-freehold.resources.news.subscriptions.a is no queue, and only queues receive // give `a` a queue of its own under `x-freehold.resources`, and name that",
      "6:35 x-freehold.resources.news.subscriptions.nobody `nobody` is no queue of this file // (allowed: letters)",
    ],
  },
  {
    what: "filters that SNS does not take",
    file: resources(`    news:
      type: topic
      subscriptions:
        letters:
          filter: { kind: placed, size: [{ between: [1, 2] }], total: [{ numeric: [">", x] }], none: [] }
    letters: { type: queue }
`),
    says: [
      "8:21 x-freehold.resources.news.subscriptions.letters.filter.kind must be a list of the values that pass",
      "8:35 x-freehold.resources.news.subscriptions.letters.filter.size must list values and conditions, each one of anything-but, cidr, equals-ignore-case, exists, numeric, prefix, suffix",
      "8:64 x-freehold.resources.news.subscriptions.letters.filter.total must list values and conditions, each one of anything-but, cidr, equals-ignore-case, exists, numeric, prefix, suffix",
      "8:96 x-freehold.resources.news.subscriptions.letters.filter.none must be a list of the values that pass",
    ],
  },
  {
    what: "memcached with what it does not have",
    file: `
services:
  a: { image: memcached:1.5, x-freehold: { tls: true, replicas: 1 } }
`,
    says: [
      "2:44 services.a.x-freehold.tls needs memcached 1.6.12 or newer; this is 1.5.16 // write `version: 1.6.22`",
      "2:55 services.a.x-freehold.replicas must be 0: memcached copies nothing // leave it out",
    ],
  },
]);
