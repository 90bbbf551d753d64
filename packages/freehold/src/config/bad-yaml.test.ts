import { testBadFiles } from "./testing/bad-files.ts";

testBadFiles([
  {
    what: "an empty file",
    file: ``,
    says: ["1:1 the file is empty; it needs `services:`"],
  },
  {
    what: "a file that is a list",
    file: `- a`,
    says: ["1:1 the file must hold settings such as `services:`, not a single value or a list"],
  },
  {
    what: "a list that never ends",
    file: `
services:
  a: [1
`,
    says: ["3:1 Flow sequence in block collection must be sufficiently indented and end with a ]"],
  },
  {
    what: "tabs",
    file: `
services:
	a: 1`,
    says: ["2:1 Tabs are not allowed as indentation"],
  },
  {
    what: "two documents",
    file: `
services: {a: {image: x}}
---
b: 1`,
    says: ["1:1 the file holds several YAML documents; one is allowed"],
  },
  {
    what: "a name written twice",
    file: `
services:
  a: {image: x}
  a: {image: y}
`,
    says: ["3:3 a `a` is written twice in one section"],
  },
  {
    what: "aliases of aliases of aliases",
    file: `
a: &a [x,x,x,x,x,x,x,x,x,x]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]
e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]
f: [*e,*e,*e,*e]`,
    says: ["1:1 the file unfolds to more than 20000 values, perhaps through its aliases"],
  },
  {
    what: "a merge of a number",
    file: `
services:
  a:
    <<: 1
    image: x
`,
    says: ["3:9 << `<<` merges a section or a list of sections, usually an alias such as `*base`"],
  },
  {
    what: "an alias without an anchor",
    file: `
services:
  a:
    image: *x
`,
    says: ["3:12 no anchor `&x` stands before this alias"],
  },
  {
    what: "a variable that never ends",
    file: `
services:
  a:
    image: \${
`,
    says: ["3:12 services.a.image `${` is no variable; write `${NAME}`, or `$$` for a dollar sign"],
  },
  {
    what: "a variable that must be set",
    file: `
services:
  a:
    image: \${TAG:?set the tag}
`,
    says: ["3:12 services.a.image `TAG` must be set: set the tag"],
  },
  {
    what: "no services",
    file: `name: x`,
    says: ["1:1 services is missing or empty: a file needs at least one service"],
  },
  {
    what: "services as a list",
    file: `services: [a]`,
    says: ["1:1 services is missing or empty: a file needs at least one service"],
  },
  {
    what: "a service without settings",
    file: `
services:
  a:
`,
    says: ["2:3 services.a must be a section of settings"],
  },
  {
    what: "a name with capitals and blanks",
    file: `
name: My Shop
services: {a: {image: x}}`,
    says: ["1:1 name `My Shop` is no valid name; use small letters, digits, hyphens and underscores"],
  },
  {
    what: "an unknown key of the file",
    file: `
servics: {}
services: {a: {image: x}}`,
    says: [
      "1:1 servics is not a setting of Compose // did you mean `services`? (allowed: configs, include, name, secrets, services, volumes)",
    ],
  },
  {
    what: "a service's name with a blank",
    file: `services: {api v2: {image: x}}`,
    says: ["1:12 services.api v2 is no valid name; use letters, digits, hyphens and underscores, 63 at most"],
  },
  {
    what: "a service's name that is another's but for its dot",
    file: `services: {api.v2: {image: x}, api-v2: {image: x}}`,
    says: [
      "1:12 services.api.v2 is no valid name; use letters, digits, hyphens and underscores, 63 at most",
      "1:32 services.api-v2 and `api.v2` differ too little; their variables would be the same",
    ],
  },
  {
    what: "one name for a service and a resource",
    file: `
services: {u: {image: x}}
x-freehold: {resources: {u: {type: bucket}}}`,
    says: [
      "1:12 services.u names both a service and a resource; give one another name",
      "2:26 x-freehold.resources.u names both a service and a resource; give one another name",
    ],
  },
  {
    what: "two names with the same variables",
    file: `services: {a-b: {image: x}, a_b: {image: x}}`,
    says: [
      "1:12 services.a-b and `a_b` differ too little; their variables would be the same",
      "1:29 services.a_b and `a-b` differ too little; their variables would be the same",
    ],
  },
]);
