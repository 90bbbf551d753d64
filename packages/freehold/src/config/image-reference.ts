/**
 * Whether a text names an image: `[host[:port]/]path[:tag][@digest]`, by the grammar of
 * https://pkg.go.dev/github.com/distribution/reference. What begins with `-` would be an option to Docker.
 */
export function isImageReference(text: string): boolean {
  const [named = "", digest, ...others] = text.split("@");
  if (others.length > 0 || (digest !== undefined && !isDigest(digest))) return false;
  const slash = named.lastIndexOf("/");
  const colon = named.indexOf(":", slash + 1);
  const [name, tag] = colon < 0 ? [named, undefined] : [named.slice(0, colon), named.slice(colon + 1)];
  return name.length <= 255 && isName(name) && (tag === undefined || isTag(tag));
}

function isName(name: string): boolean {
  const parts = name.split("/");
  const [first = "", ...rest] = parts;
  const path = rest.length > 0 && isHost(first) ? rest : parts;
  return path.every((part) => /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/.test(part));
}

function isHost(text: string): boolean {
  const [, host = "", port] = /^(\[[0-9A-Fa-f:]+\]|[^:]*)(?::([0-9]+))?$/.exec(text) ?? [];
  const isNamed = /[.A-Z[]/.test(host) || host === "localhost" || port !== undefined;
  return isNamed && (host.startsWith("[") || host.split(".").every(isLabel));
}

function isLabel(text: string): boolean {
  return /^[A-Za-z0-9-]+$/.test(text) && !text.startsWith("-") && !text.endsWith("-");
}

function isTag(text: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(text);
}

function isDigest(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/.test(text);
}
