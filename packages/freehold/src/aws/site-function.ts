import type { Site } from "../app/application.ts";
import { jsonencode, type Template, template } from "../terraform/expression.ts";

/**
 * The viewer-request function of a site (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html).
 * It leads every request into the folder of the release that is live, which the KeyValueStore names: a release, or its
 * taking back, is one write. A route becomes the page that answers it; a file that is missing stays a true 404.
 */
export function siteFunctionCode({ name, mode, path }: Site): Template {
  return template(start, jsonencode({ key: name, mode, path }), body);
}

const start = `import cf from "cloudfront";

const site = `;

const body = `;
const store = cf.kvs();

async function handler(event) {
  const request = event.request;
  let folder;
  try {
    folder = await store.get(site.key);
  } catch (error) {
    return notReleased();
  }
  request.uri = "/" + folder + fileOf(withinSite(request.uri));
  return request;
}

function withinSite(uri) {
  if (site.path === "/") return uri;
  return uri.slice(site.path.length) || "/";
}

function fileOf(uri) {
  const last = uri.slice(uri.lastIndexOf("/") + 1);
  if (last.includes(".")) return uri;
  if (site.mode === "spa") return "/index.html";
  return uri + (last === "" ? "" : "/") + "index.html";
}

function notReleased() {
  return {
    statusCode: 503,
    statusDescription: "Service Unavailable",
    headers: {
      "content-type": { value: "text/plain; charset=utf-8" },
      "cache-control": { value: "no-store" },
      "retry-after": { value: "10" },
    },
    body: "This site has no release yet.",
  };
}
`;
