import { isIPv4 } from "node:net";

export interface S3Place {
  /** Empty for the service itself. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
}

/**
 * The bucket and object that a request is for, by the same reading as moto's, which answers it: below `localhost` the first label is the
 * bucket, under any other host the first part of the path is. https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function objectOf(host: string | undefined, path: string): S3Place {
  const name = (host ?? "").replace(/:\d+$/, "").toLowerCase();
  const [first = "", ...rest] = decoded(path).slice(1).split("/");
  const isBelow = name.includes(".") && !isIPv4(name) && !name.startsWith("localhost");
  if (!isBelow) return { bucket: first, key: rest.join("/") };
  const bucket = name.replace(/^www\./, "").split(".")[0] ?? "";
  return { bucket, key: [first, ...rest].join("/") };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
