import type { Sandbox } from "../app/sandbox.ts";
import type { ContainerTemplate } from "./outputs.ts";

type SandboxTemplate = Pick<ContainerTemplate, "linuxParameters" | "readonlyRootFilesystem" | "ulimits">;

/**
 * A sandbox as a container definition says it; `tmpfs` on Fargate since January 2026
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinuxParameters.html).
 */
export function sandboxTemplate(sandbox: Sandbox | undefined): SandboxTemplate {
  if (sandbox === undefined) return {};
  const { init, readOnly, added, dropped, openFiles, inMemory } = sandbox;
  const capabilities = {
    ...(added === undefined ? {} : { add: added }),
    ...(dropped === undefined ? {} : { drop: dropped }),
  };
  const linuxParameters = {
    ...(init === undefined ? {} : { initProcessEnabled: init }),
    ...(added === undefined && dropped === undefined ? {} : { capabilities }),
    ...(inMemory === undefined
      ? {}
      : {
          tmpfs: inMemory.map(({ path, size, options }) => ({
            containerPath: path,
            size,
            mountOptions: options,
          })),
        }),
  };
  return {
    ...(Object.keys(linuxParameters).length === 0 ? {} : { linuxParameters }),
    ...(readOnly === undefined ? {} : { readonlyRootFilesystem: readOnly }),
    ...(openFiles === undefined
      ? {}
      : { ulimits: [{ name: "nofile", softLimit: openFiles.soft, hardLimit: openFiles.hard }] }),
  };
}
