import { testBadFiles } from "./testing/bad-files.ts";

const file = (given: string, named = "{ x: { file: ./x } }") => `
services:
  a:
    image: nginx:1
    secrets: ${given}
secrets: ${named}
`;

testBadFiles([
  {
    what: "a secret that the file does not have",
    file: file("[y]"),
    says: ["4:15 services.a.secrets `y` is no secret of this file // (allowed: x)"],
  },
  {
    what: "a secret of a file that has none",
    file: file("[y]", ""),
    says: [
      "4:15 services.a.secrets `y` is no secret of this file // name it: `secrets: { y: { file: ./y } }`",
    ],
  },
  {
    what: "a secret outside of the folder",
    file: file("[{ source: x, target: /etc/x }]"),
    says: [
      "4:15 services.a.secrets `/etc/x` is outside of /run/secrets, where alone secrets are put on AWS // leave `target` out, or write a name",
    ],
  },
  {
    what: "a secret that leaves the folder",
    file: file("[{ source: x, target: ../x }]"),
    says: [
      "4:15 services.a.secrets `/run/secrets/../x` is outside of /run/secrets, where alone secrets are put on AWS // leave `target` out, or write a name",
    ],
  },
  {
    what: "two secrets at one path",
    file: file("[x, { source: y, target: x }]", "{ x: {}, y: {} }"),
    says: ["4:5 services.a.secrets puts two secrets at `/run/secrets/x`"],
  },
  {
    what: "a mode that YAML reads as decimal",
    file: file("[{ source: x, mode: 440 }]"),
    says: [
      "4:28 services.a.secrets[0].mode `440` is no mode of a file; write it in octal with a zero before, as `0440`",
    ],
  },
  {
    what: "a user by name",
    file: file("[{ source: x, uid: app }]"),
    says: ["4:28 services.a.secrets[0].uid `app` must be a number: the image alone knows its users' names"],
  },
  {
    what: "a secret with a blank in its name",
    file: file("[]", "{ a b: { file: ./x } }"),
    says: [
      "5:12 secrets.a b is no valid name; use letters, digits, dots, hyphens and underscores, 64 at most",
    ],
  },
  {
    what: "secrets that are a list",
    file: file("[]", "[x]"),
    says: ["5:1 secrets must be a section of names"],
  },
]);
