import { flag, oneOrMany, wholeNumber } from "../fields.ts";
import { parseBytes } from "../notation.ts";
import * as z from "../zod.ts";

const capability = z.string().transform((name) => name.toUpperCase().replace(/^CAP_/, ""));

/** What a container may do unless the file says otherwise (https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities). */
export const usualCapabilities: readonly string[] = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "NET_RAW",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
];

const granted = capability.refine(
  (name) => name === "SYS_PTRACE" || usualCapabilities.includes(name),
  "Fargate grants no capability but SYS_PTRACE and those a container has anyway",
);

const noNewPrivileges = z
  .string()
  .regex(/^no-new-privileges(?:[:=](?:true|false))?$/, "Fargate takes no security options; remove it");

/** `host:address` or `host=address`: only the laptop's own name, which means nothing on AWS. */
const hostOfHome = z
  .string()
  .regex(/[:=]host-gateway$/, "Fargate lets no task change /etc/hosts; use real host names");

const limit = z.union([
  wholeNumber(-1, Number.MAX_SAFE_INTEGER).transform((both) => ({ soft: both, hard: both })),
  z.strictObject({
    soft: wholeNumber(-1, Number.MAX_SAFE_INTEGER).describe("Limit that the process may raise."),
    hard: wholeNumber(-1, Number.MAX_SAFE_INTEGER).describe("Limit that it may not."),
  }),
]);

/** What `mount` takes that ECS passes on (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tmpfs.html). */
const mountOption = /^(?:ro|rw|(?:no)?(?:suid|dev|exec|atime|diratime)|(?:mode|uid|gid|nr_inodes)=[\w]+)$/;

/** `/run` or `/run:size=64m,noexec`; the size in bytes. */
const memoryFolder = z.string().transform((text, context) => {
  const [path = "", written = ""] = text.split(":", 2);
  const options = written.split(",").filter((option) => option !== "");
  const asked = options.find((option) => option.startsWith("size="))?.slice("size=".length);
  const size = asked === undefined ? undefined : parseBytes(asked);
  const rest = options.filter((option) => !option.startsWith("size="));
  const unknown = rest.find((option) => !mountOption.test(option));
  if (!path.startsWith("/")) context.addIssue(`\`${text}\` is no path inside the container; write \`/tmp\``);
  if (asked !== undefined && size === undefined)
    context.addIssue(`\`${asked}\` is no size; write it like \`size=64m\``);
  if (unknown !== undefined) context.addIssue(`\`${unknown}\` is no option of a folder in memory on Fargate`);
  return { path, options: rest, ...(size === undefined ? {} : { size }) };
});

/** Keys about the container's kernel: https://docs.docker.com/reference/compose-file/services/. */
export const sandboxKeys = {
  init: flag.optional().describe("A small first process passes signals on and reaps what has ended."),
  read_only: flag.optional().describe("The container's own disk cannot be written; `tmpfs` and mounts can."),
  cap_add: z
    .array(granted)
    .optional()
    .describe("SYS_PTRACE, and those that a container has anyway, which `cap_drop: [ALL]` takes."),
  security_opt: z
    .array(noNewPrivileges)
    .optional()
    .describe("Only `no-new-privileges`, which Fargate does not take; `user` and `cap_drop` say as much."),
  extra_hosts: z
    .union([
      z.array(hostOfHome),
      z
        .record(z.string(), z.string())
        .transform((hosts) => Object.entries(hosts).map(([name, address]) => `${name}=${address}`))
        .pipe(z.array(hostOfHome)),
    ])
    .optional()
    .describe("Only `host-gateway`, which is the laptop and means nothing on AWS."),
  cap_drop: z.array(capability).optional().describe("Capabilities the container gives up; `ALL` for each."),
  ulimits: z
    .record(z.string(), limit)
    .optional()
    .describe("`nofile` is set; Fargate keeps its own for the others."),
  tmpfs: oneOrMany(memoryFolder)
    .optional()
    .describe("Folders in memory, `/run:size=64m`; half of the task's memory where no size is given."),
};
