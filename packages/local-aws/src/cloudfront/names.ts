import type { Settings } from "../platform.ts";

/** ARN of a CloudFront resource; CloudFront has no region. */
export function arnOf(settings: Settings, kind: string, id: string): string {
  return `arn:aws:cloudfront::${settings.accountId}:${kind}/${id}`;
}

/** What follows the last `/` of an ARN: an id or a name. */
export function idOf(arn: string | undefined): string {
  return arn?.split("/").at(-1) ?? "";
}

/** The host under which a distribution answers, with the front door's port. */
export function domainNameOf(settings: Settings, distributionId: string): string {
  return `${distributionId.toLowerCase()}.cloudfront.localhost:${settings.port}`;
}
