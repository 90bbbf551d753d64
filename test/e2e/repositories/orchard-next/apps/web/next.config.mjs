import { resolve } from "node:path";

/** @type {import('next').NextConfig} */
export default {
  output: "standalone",
  outputFileTracingRoot: resolve(import.meta.dirname, "../.."),
  transpilePackages: ["@orchard/prices"],
  poweredByHeader: false,
};
