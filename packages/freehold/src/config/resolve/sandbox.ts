import type { Size } from "../../app/application.ts";
import type { Sandbox } from "../../app/sandbox.ts";
import { usualCapabilities } from "../compose/sandbox.ts";
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
  noteOfHome(compose, subject, findings);
  const dropped = droppedCapabilities(cap_drop, cap_add);
  const inMemory = [...tmpfs, ...mountedInMemory(compose)].map(({ path, options, size }) => ({
    path,
    options,
    size: size === undefined ? Math.floor(memory / 2) : Math.max(1, Math.ceil(size / mebibyte)),
  }));
  const sandbox: Sandbox = {
    ...(init === true ? { init } : {}),
    ...(read_only === true ? { readOnly: read_only } : {}),
    ...(cap_add.includes("SYS_PTRACE") ? { added: ["SYS_PTRACE"] } : {}),
    ...(dropped.length === 0 ? {} : { dropped }),
    ...(nofile === undefined ? {} : { openFiles: nofile }),
    ...(inMemory.length === 0 ? {} : { inMemory }),
  };
  return Object.keys(sandbox).length === 0 ? undefined : sandbox;
}

/** All but those that it is given back: ECS adds none of the usual ones, but it takes each by its name. */
function droppedCapabilities(dropped: readonly string[], kept: readonly string[]): readonly string[] {
  const usual = kept.filter((name) => usualCapabilities.includes(name));
  const all = dropped.includes("ALL") && usual.length > 0 ? usualCapabilities : dropped;
  return all.filter((name) => !usual.includes(name));
}

function noteOfHome(
  { security_opt = [], extra_hosts = [] }: ComposeService,
  subject: string,
  findings: Findings,
): void {
  if (security_opt.some((option) => !option.endsWith("false")))
    findings.note(
      `${subject}.security_opt`,
      "no-new-privileges cannot be set on Fargate; `user` and `cap_drop` take a program's rights as well",
    );
  if (extra_hosts.length > 0)
    findings.note(`${subject}.extra_hosts`, "names the laptop, which nothing on AWS reaches");
}

/** `volumes` with `type: tmpfs`, which say the same as `tmpfs` at greater length. */
function mountedInMemory({ volumes = [] }: ComposeService) {
  return volumes.flatMap((mount) => (mount.kind === "memory" ? [{ ...mount, path: mount.target }] : []));
}
