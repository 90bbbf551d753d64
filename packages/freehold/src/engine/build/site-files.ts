import mime from "mime";

/** How a file of a site is stored and cached. */
export interface SiteFile {
  /** `/`-separated, relative to the output folder. */
  readonly path: string;
  readonly contentType: string;
  readonly cacheControl: string;
}

const year = "public, max-age=31536000, immutable";
const revalidate = "no-cache";
const hour = "public, max-age=3600";

/** Hashed assets are kept for a year, HTML is asked for anew each time, the rest lives an hour. */
export function siteFile(path: string): SiteFile {
  const type = mime.getType(path) ?? "application/octet-stream";
  const contentType = /^text\/|\/(javascript|json|xml)$|\+(json|xml)$/.test(type)
    ? `${type}; charset=utf-8`
    : type;
  return { path, contentType, cacheControl: cacheControl(path, type) };
}

function cacheControl(path: string, type: string): string {
  if (type === "text/html") return revalidate;
  return isHashedAsset(path) ? year : hour;
}

/** Folders that bundlers fill: what looks like a digest there is one. */
const bundled = /(^|\/)(assets|_astro|_nuxt|_app|_next|chunks|static)\//;

/**
 * Whether the name carries a digest of the content, as bundlers write it: at least 8 letters, digits, `_` or `-`, set off by
 * `.` or `-` before the ending (`main.3f2a9c1d.css`, `assets/app-BX3k9a_Q.js`). A word of letters alone counts only in a
 * bundler's folder, and only with a capital in it.
 */
export function isHashedAsset(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const digest = /[.-]([A-Za-z0-9_-]{8,64})\.[A-Za-z0-9.]+$/.exec(name)?.[1];
  if (digest === undefined) return false;
  if (/^[0-9a-f]+$/.test(digest)) return /[0-9]/.test(digest);
  const word = digest.slice(-8);
  return bundled.test(path) ? /[A-Z0-9_]/.test(word) : /[0-9]/.test(word) && /[A-Za-z]/.test(word);
}
