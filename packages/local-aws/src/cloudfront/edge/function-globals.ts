/**
 * Runs inside the context of a CloudFront function and makes what the runtime 2.0 offers there:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html.
 * It is source text because its functions must belong to that context; the host passes and takes strings alone.
 */
export const bootstrapSource = `"use strict";
(host) => {
  const text = (value) => (typeof value === "string" ? value : JSON.stringify(value) ?? String(value));
  const log = (...values) => host.log(values.map(text).join(" "));
  globalThis.console = Object.freeze({ log, error: log, warn: log, info: log, debug: log });

  const formatted = (value, format = "string") => {
    if (format === "json") return JSON.parse(value);
    if (format === "string") return value;
    throw new TypeError("KeyValueStore: the format " + format + " is not offered here");
  };
  const kvs = () => {
    if (!host.hasStore()) throw new Error("No key value store is associated with this function");
    return Object.freeze({
      get: async (key, options = {}) => {
        const value = host.read(key);
        if (value === undefined) throw new Error("KeyNotFound: " + key);
        return formatted(value, options.format);
      },
      exists: async (key) => host.read(key) !== undefined,
      count: async () => host.count(),
    });
  };
  const absent = (name) => () => {
    throw new Error("local-aws does not offer cf." + name);
  };
  const cloudfront = {
    kvs,
    selectRequestOriginById: (id) => host.selectOrigin(String(id)),
    updateRequestOrigin: absent("updateRequestOrigin"),
    createRequestOriginGroup: absent("createRequestOriginGroup"),
  };

  const digest = (make) => {
    let content = "";
    const self = {
      update: (more) => {
        content += more;
        return self;
      },
      digest: (encoding = "hex") => make(content, encoding),
    };
    return self;
  };
  const crypto = {
    createHash: (algorithm) => digest((content, encoding) => host.hash(algorithm, content, encoding)),
    createHmac: (algorithm, key) => digest((content, encoding) => host.hmac(algorithm, key, content, encoding)),
  };

  const querystring = {
    escape: encodeURIComponent,
    unescape: decodeURIComponent,
    parse: (query) => {
      const found = {};
      for (const pair of query.split("&").filter(Boolean)) {
        const [key, ...rest] = pair.split("=");
        const name = decodeURIComponent(key);
        const value = decodeURIComponent(rest.join("="));
        found[name] = name in found ? [].concat(found[name], value) : value;
      }
      return found;
    },
    stringify: (values) =>
      Object.entries(values)
        .flatMap(([key, value]) => [].concat(value).map((one) => encodeURIComponent(key) + "=" + encodeURIComponent(one)))
        .join("&"),
  };

  const modules = { cloudfront, crypto, querystring };
  globalThis.require = (name) => {
    if (!(name in modules)) throw new Error("Cannot find module " + name);
    return modules[name];
  };
  return {
    modules,
    enter: (handler) => async (event) => {
      const value = await handler(JSON.parse(event));
      return JSON.stringify(value) ?? "null";
    },
  };
}`;
