import type { Size } from "../../app/application.ts";
import type { Sandbox } from "../../app/sandbox.ts";
import type { ComposeService } from "../compose/service.ts";
import type { Findings } from "../findings.ts";

interface Written {
  readonly compose: ComposeService;
  readonly subject: string;
}

const mebibyte = 1024 * 1024;

/** What the file says of the container's kernel; undefined when it says nothing that Fargate does not do anyway. */
export function sandboxOf(
  { compose, subject }: Written,
  { memory }: Size,
  findings: Findings,
): Sandbox | undefined {
  const { init, read_only, cap_add = [], cap_drop = [], ulimits = {}, tmpfs = [] } = compose;
  const { nofile, ...others } = ulimits;
  for (const name of Object.keys(others))
    findings.note(
      `${subject}.ulimits.${name}`,
      "cannot be set on Fargate, which has its own; only `nofile` can",
    );
  const inMemory = [...tmpfs, ...mountedInMemory(compose)].map(({ path, options, size }) => ({
    path,
    options,
    size: size === undefined ? Math.floor(memory / 2) : Math.max(1, Math.ceil(size / mebibyte)),
  }));
  const sandbox: Sandbox = {
    ...(init === true ? { init } : {}),
    ...(read_only === true ? { readOnly: read_only } : {}),
    ...(cap_add.length === 0 ? {} : { added: ["SYS_PTRACE"] }),
    ...(cap_drop.length === 0 ? {} : { dropped: cap_drop }),
    ...(nofile === undefined ? {} : { openFiles: nofile }),
    ...(inMemory.length === 0 ? {} : { inMemory }),
  };
  return Object.keys(sandbox).length === 0 ? undefined : sandbox;
}

/** `volumes` with `type: tmpfs`, which say the same as `tmpfs` at greater length. */
function mountedInMemory({ volumes = [] }: ComposeService) {
  return volumes.flatMap((mount) => (mount.kind === "memory" ? [{ ...mount, path: mount.target }] : []));
}
