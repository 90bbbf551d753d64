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

/**
 * Whether the name carries a digest of the content, as bundlers write it: 8 or more hexadecimal digits, or 8 or more
 * letters and digits of both cases or with a digit, set off by `.` or `-` before the ending (`app-BX3k9a_Q.js`, `main.3f2a9c1d.css`).
 */
export function isHashedAsset(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const digest = /[.-]([A-Za-z0-9_-]{8,64})\.[A-Za-z0-9.]+$/.exec(name)?.[1];
  if (digest === undefined) return false;
  const word = digest.slice(-8);
  return /^[0-9a-f]{8,}$/.test(digest)
    ? /[0-9]/.test(digest)
    : /[0-9]|[a-z][A-Z]|[A-Z][a-z]*[A-Z]/.test(word);
}
