import { createHash } from "node:crypto";
import { basename } from "node:path/posix";
import { rootCertificates } from "node:tls";
import { fillVolume } from "../../docker/file-systems.ts";
import type { Platform } from "../../platform.ts";
import { authoritiesPath } from "./environment.ts";

/**
 * Fills a volume with the local authority and those that every machine trusts; containers of any user read it. Its name
 * changes with what is in it: a task that runs keeps what it started with.
 */
export async function ensureAuthorities(
  { docker, settings: { label }, authority }: Pick<Platform, "docker" | "settings" | "authority">,
  image: string,
): Promise<string> {
  const content = [authority.certificate, ...rootCertificates].map((pem) => `${pem.trim()}\n`).join("");
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const volume = `local-aws-${label.value}-authorities-${digest}`;
  const labels = { [label.key]: label.value, "local-aws.service": "ecs" };
  await docker.createVolume({ Name: volume, Labels: labels });
  await fillVolume({ docker, volume, image, labels }, [
    { path: `/${basename(authoritiesPath)}`, content, mode: 0o644 },
  ]);
  return volume;
}
