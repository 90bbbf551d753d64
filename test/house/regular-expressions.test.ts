import assert from "node:assert/strict";
import { test } from "node:test";
import { slownessOf } from "./regular-expressions/judge.ts";
import { expressionsOf, type Written } from "./regular-expressions/sources.ts";
import { sourceFiles } from "./source-files.ts";

const host = "[A-Za-z0-9][A-Za-z0-9._-]*";
const wildcards = "^a(?=(.*?a))\\1(?=(.*?.b))\\2.*c$";

/** What a pattern that only a run knows looks like, by its source's path and its first argument as it is written there. */
const samples: Readonly<Record<string, string>> = {
  "packages/freehold/src/app/secret-name.ts `(^|[_.-])(${words})([_.-](BASE64|VALUE|[0-9]{1,3}))?$`":
    "(^|[_.-])(TOKEN|CREDENTIALS?)([_.-](BASE64|VALUE|[0-9]{1,3}))?$",
  "packages/freehold/src/app/visible.ts `(${esc}\\\\[[0-9;]{0,32}m)`": "(\u001b\\[[0-9;]{0,32}m)",
  "packages/freehold/src/config/resolve/bindings/addresses.ts `(^|//|@|,\\\\s*|[\"'])(${hostName})(?::(\\\\d{1,5}))?(?=$|[/?#,\"'\\\\]\\\\s])`": `(^|//|@|,\\s*|["'])(${host})(?::(\\d{1,5}))?(?=$|[/?#,"'\\]\\s])`,
  "packages/freehold/src/config/resolve/bindings/addresses.ts `((?:^|[;\\\\s])(?:host|server|data source|addr|address|network address)\\\\s*=\\\\s*(?:tcp:)?)(${hostName})(?:[,:]\\\\s*(\\\\d{1,5}))?(?=\\\\s|;|$)`": `((?:^|[;\\s])(?:host|server|data source|addr|address|network address)\\s*=\\s*(?:tcp:)?)(${host})(?:[,:]\\s*(\\d{1,5}))?(?=\\s|;|$)`,
  "packages/freehold/src/config/resolve/calls/hosts-in-text.ts `(?:(?<=[a-z0-9+]://|://[^\\\\s/@]{1,200}@)${name}(?![\\\\w.:-])|(?<![\\\\w.$-]|(?<!/)/)${name}:(\\\\d{2,5})(?![\\\\w.]))`":
    "(?:(?<=[a-z0-9+]://|://[^\\s/@]{1,200}@)api(?![\\w.:-])|(?<![\\w.$-]|(?<!/)/)api:(\\d{2,5})(?![\\w.]))",
  "packages/freehold/src/config/resolve/likely-ports.ts `(?:localhost|127\\\\.0\\\\.0\\\\.1|0\\\\.0\\\\.0\\\\.0|\\\\[::1?\\\\]):${port}(?!\\\\d)`":
    "(?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1?\\]):80(?!\\d)",
  "packages/freehold/src/init/overlay/rules.ts `^${service.name}:\\\\d+$`": "^cache:\\d+$",
  "packages/freehold/src/init/overlay/rules.ts `^rediss?://(?:[^@/]*@)?${name}(?::\\\\d+)?(?:/|$)`":
    "^rediss?://(?:[^@/]*@)?cache(?::\\d+)?(?:/|$)",
  "packages/local-aws/src/cloudfront/edge/compress.ts `\\\\b${coding}\\\\b`": "\\bgzip\\b",
  "packages/local-aws/src/ecr/images.ts last === undefined ? `^${first}$` : `^${first}${between}.*${last}$`":
    wildcards,
  'packages/local-aws/src/elb/pattern.ts wholeOf(pattern.split("*").map(source))': wildcards,
};

const found = ["packages/freehold/src", "packages/local-aws/src"].flatMap((folder) =>
  sourceFiles(folder).map(expressionsOf),
);

test("every pattern that only a run knows has a sample, and every sample a pattern", () => {
  const composed = found.flatMap((one) => one.composed).map(({ path, argument }) => `${path} ${argument}`);
  assert.deepEqual([...new Set(composed)].sort(), Object.keys(samples).sort());
});

test("the time of every regular expression grows no faster than its text", () => {
  const written = new Map(found.flatMap((one) => one.written).map((one) => [one.where, one]));
  assert.ok(written.size > 500, String(written.size));
  assert.deepEqual([...written.values()].flatMap(faultsOf), []);
});

test("the time of every sample grows no faster than its text", () => {
  const written = Object.entries(samples).map(([where, pattern]) => ({ where, pattern, flags: "gi" }));
  assert.deepEqual(written.flatMap(faultsOf), []);
});

function faultsOf({ where, pattern, flags }: Written): readonly string[] {
  const fault = slownessOf(pattern, flags);
  if (fault === undefined) return [];
  const { input, characters, milliseconds } = fault;
  return [`${where} takes ${Math.round(milliseconds)} ms for ${characters} of ${JSON.stringify(input)}`];
}

const slow: readonly RegExp[] = [
  /\s+$/,
  /^\s*x/gm,
  /(a+)+$/,
  /^(?:a|a)*$/,
  /.*,.*,/,
  /(?:^|\s+)#.*$/,
  /<!--.*?-->/s,
  /=.*$/,
  /^\s*(\d*\.?\d+)\s*$/,
  /\bflask\b.*\brun\b/,
  /([^/]+)\.json$/,
];
const fast: readonly RegExp[] = [
  /(?<!\s)\s+$/,
  /^[ \t]*x/gm,
  /a+$/y,
  /^(?:a|b)*$/,
  /^[^,]*,[^,]*,/,
  /<!--[^<]*-->/,
  /^"[^"]*"$/,
  /[\w.-]+/g,
  /a{1,20}b/,
  /^\p{L}+$/u,
];

for (const { source, flags } of slow)
  test(`/${source}/${flags} is found to be slow`, () => assert.ok(slownessOf(source, flags)));
for (const { source, flags } of fast)
  test(`/${source}/${flags} is found to be fast`, () => assert.equal(slownessOf(source, flags), undefined));

test("expressions are taken from the syntax tree, and from nothing else", () => {
  const text = [
    'const a: RegExp = /[/"]+/g; // /comment/',
    'const b = new RegExp("b+", "i") as RegExp;',
    "const c = RegExp(`c/`);",
    'const d = "/text/" + `/template ${a.test("/x/")}/`;',
    "const e = new RegExp(`^${d}$`, flags), f = 4 / 2 / 1;",
  ].join("\n");
  assert.deepEqual(expressionsOf({ path: "a.ts", text }), {
    written: [
      { where: 'a.ts: /[/"]+/g', pattern: '[/"]+', flags: "g" },
      { where: "a.ts: /b+/i", pattern: "b+", flags: "i" },
      { where: "a.ts: /c//", pattern: "c/", flags: "" },
    ],
    composed: [{ path: "a.ts", argument: "`^${d}$`" }],
  });
});
