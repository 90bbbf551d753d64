import { bufferSource } from "./function-buffer.ts";

interface BuiltIn {
  /** A function of `(host, require)` that returns what the module exports. */
  readonly source: string;
  readonly names: readonly string[];
}

const querystring = `(host, require) => {
  "use strict";
  const escape = encodeURIComponent;
  const unescape = decodeURIComponent;
  const parse = (text, separator = "&", equal = "=", { decodeURIComponent = unescape, maxKeys = 1000 } = {}) => {
    const found = {};
    const pairs = String(text).split(separator).filter(Boolean);
    for (const pair of maxKeys > 0 ? pairs.slice(0, maxKeys) : pairs) {
      const [key, ...rest] = pair.split(equal);
      const name = decodeURIComponent(key);
      const value = decodeURIComponent(rest.join(equal));
      found[name] = Object.hasOwn(found, name) ? [].concat(found[name], value) : value;
    }
    return found;
  };
  const stringify = (values, separator = "&", equal = "=", { encodeURIComponent = escape } = {}) =>
    Object.entries(values)
      .flatMap(([key, value]) =>
        [].concat(value).map((one) => encodeURIComponent(key) + equal + encodeURIComponent(one)))
      .join(separator);
  return { escape, unescape, parse, stringify, decode: parse, encode: stringify };
}`;

/** Content crosses to the host as hexadecimal digits; AWS has these three algorithms. */
const crypto = `(host, require) => {
  "use strict";
  const algorithms = ["md5", "sha1", "sha256"];
  const { Buffer } = require("buffer");
  const hex = (value) => Buffer.from(value).toString("hex");
  const digest = (algorithm, key) => {
    if (!algorithms.includes(algorithm)) throw new TypeError("not supported algorithm: \\"" + algorithm + "\\"");
    let content = "";
    const self = {
      update: (more) => {
        content += hex(more);
        return self;
      },
      digest: (encoding) => {
        const made = Buffer.from(host("digest", algorithm, content, key), "hex");
        if (encoding !== undefined) return made.toString(encoding);
        return host("runtime") === "cloudfront-js-1.0" ? String.fromCharCode(...made) : made;
      },
    };
    return self;
  };
  return {
    createHash: (algorithm) => digest(algorithm),
    createHmac: (algorithm, key) => digest(algorithm, hex(key)),
  };
}`;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-custom-methods.html */
const cloudfront = `(host, require) => {
  "use strict";
  const formatted = (value, format = "string") => {
    if (format === "json") return JSON.parse(value);
    if (format === "bytes") return require("buffer").Buffer.from(value);
    if (format === "string") return value;
    throw new TypeError("KeyValueStore: the format " + format + " is not offered here");
  };
  const kvs = () => {
    if (host("meta") === undefined) throw new Error("No key value store is associated with this function");
    return Object.freeze({
      get: async (key, options = {}) => {
        const value = host("read", String(key));
        if (value === undefined) throw new Error("KeyNotFound: " + key);
        return formatted(value, options.format);
      },
      exists: async (key) => host("read", String(key)) !== undefined,
      count: async () => JSON.parse(host("meta")).keyCount,
      meta: async () => JSON.parse(host("meta")),
    });
  };
  const absent = (name) => () => {
    throw new Error("local-aws does not offer cf." + name);
  };
  return {
    kvs,
    selectRequestOriginById: (id) => {
      host("origin", String(id));
    },
    updateRequestOrigin: absent("updateRequestOrigin"),
    createRequestOriginGroup: absent("createRequestOriginGroup"),
  };
}`;

const builtIns: ReadonlyMap<string, BuiltIn> = new Map([
  ["buffer", { source: bufferSource, names: ["Buffer"] }],
  [
    "cloudfront",
    {
      source: cloudfront,
      names: ["kvs", "selectRequestOriginById", "updateRequestOrigin", "createRequestOriginGroup"],
    },
  ],
  ["crypto", { source: crypto, names: ["createHash", "createHmac"] }],
  [
    "querystring",
    { source: querystring, names: ["escape", "unescape", "parse", "stringify", "decode", "encode"] },
  ],
]);

/** What `require` evaluates; undefined for a module that CloudFront does not have. */
export function requireSource(name: string): string | undefined {
  return builtIns.get(name)?.source;
}

/** What `import` evaluates: the same module, its members named. */
export function importSource(name: string): string | undefined {
  const found = builtIns.get(name);
  if (found === undefined) return undefined;
  return `const made = require("${name}"); export default made; export const { ${found.names.join(", ")} } = made;`;
}
