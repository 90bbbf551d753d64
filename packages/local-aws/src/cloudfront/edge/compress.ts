import { pipeline } from "node:stream";
import { createBrotliCompress, createGzip, constants as zlib } from "node:zlib";
import type { Answer } from "../../elb/exchange.ts";
import { type HeaderLines, headerValue, withHeaders, withoutHeaders } from "../../elb/headers.ts";
import type { Visit } from "./visit.ts";

/** Sizes in bytes between which CloudFront compresses. */
const sizes = { least: 1000, most: 10_000_000 };

const types =
  /^(text\/(css|csv|html|javascript|js|plain|richtext|tab-separated-values|xml|x-component|x-java-source|x-script)|application\/(javascript|json|x-javascript|xml|xhtml\+xml|rss\+xml|wasm|pdf|protobuf|eot|otf|ttf|opentype|truetype|font(-sfnt)?|vnd\.ms-fontobject|x-font-(opentype|truetype|ttf))|font\/(eot|opentype|otf|ttf)|image\/svg\+xml)$/;

/**
 * The answer compressed, where the behaviour, the cache policy, the viewer and the object allow it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
 */
export function compressed(visit: Visit, answer: Answer): Answer {
  const coding = codingFor(visit, answer);
  if (coding === undefined) return answer;
  const coder =
    coding === "br" ? createBrotliCompress({ params: { [zlib.BROTLI_PARAM_QUALITY]: 5 } }) : createGzip();
  const body = pipeline(answer.body, coder, () => undefined);
  return { ...answer, body, headers: codedHeaders(answer.headers, coding) };
}

function codingFor({ behavior, plan, ask }: Visit, { status, headers }: Answer): "br" | "gzip" | undefined {
  const length = Number(headerValue(headers, "content-length") ?? 0);
  const type = (headerValue(headers, "content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const able =
    behavior.Compress === true &&
    status === 200 &&
    ask.method === "GET" &&
    types.test(type) &&
    length >= sizes.least &&
    length <= sizes.most &&
    headerValue(headers, "content-encoding") === undefined;
  const accepted = headerValue(ask.headers, "accept-encoding") ?? "";
  return able ? plan.encodings.find((coding) => new RegExp(`\\b${coding}\\b`).test(accepted)) : undefined;
}

/** The compressed form is another representation: its length is unknown, its ETag weak. */
function codedHeaders(headers: HeaderLines, coding: string): HeaderLines {
  const etag = headerValue(headers, "etag");
  const weak = etag === undefined || etag.startsWith("W/") ? etag : `W/${etag}`;
  return withHeaders(withoutHeaders(headers, ["content-length", "accept-ranges"]), [
    ["Content-Encoding", coding],
    ["Vary", "Accept-Encoding"],
    ...(weak === undefined ? [] : [["ETag", weak] as const]),
  ]);
}
