import { createHash } from "node:crypto";
import type { TarFile } from "../docker/tar.ts";
import { addressesOf } from "./names.ts";
import { serverSettings } from "./parameters.ts";
import type { Auth, ParameterGroup, ReplicationGroup } from "./state.ts";

const folder = "/local-aws";

export const paths = {
  configuration: `${folder}/server.conf`,
  certificate: `${folder}/server.pem`,
  key: `${folder}/server.key`,
  authority: `${folder}/authority.pem`,
} as const;

const operatorName = "elasticache-operator";

/** Commands that ElastiCache keeps from its users. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/RestrictedCommands.html */
const restricted =
  "-bgrewriteaof -bgsave -config -debug -migrate -psync -replicaof -save -shutdown -slaveof -sync -acl";
const allowedAfter = "+acl|cat +acl|genpass +acl|getuser +acl|list +acl|users +acl|whoami";

/** Rules for `ACL SETUSER default` and for a `user` line: tokens by their digests, or everybody. */
export function defaultUserRules({ tokens, open }: Auth): readonly string[] {
  const access = ["~*", "&*", "+@all", ...restricted.split(" "), ...allowedAfter.split(" ")];
  const passwords = tokens.map((digest) => `#${digest}`);
  return ["reset", "on", ...(open ? ["nopass"] : passwords), ...access];
}

/** One member's files. The first is the primary, the others follow it. */
export function serverFiles(
  group: ReplicationGroup,
  member: number,
  parameters: ParameterGroup,
  tls: { readonly certificate: string; readonly key: string; readonly authority: string },
): readonly TarFile[] {
  const file = (path: string, content: string): TarFile => ({ path, content, mode: 0o644 });
  const settings = [
    ...serverSettings(parameters),
    ...listening(group),
    ...following(group, member),
    ["dir", "/data"],
    ["appendonly", "yes"],
    ["protected-mode", "no"],
  ] as const;
  const operator = createHash("sha256").update(group.operator).digest("hex");
  const lines = [
    ...settings.map(([name, value]) => `${name} ${quoted(value)}`),
    `user default ${defaultUserRules(group.auth).join(" ")}`,
    `user ${operatorName} on #${operator} ~* &* +@all`,
  ];
  return [
    file(paths.configuration, lines.map((line) => `${line}\n`).join("")),
    ...(group.tls
      ? [
          file(paths.certificate, tls.certificate),
          file(paths.key, tls.key),
          file(paths.authority, tls.authority),
        ]
      : []),
  ];
}

/** How a client of the operator's connects from inside the container. */
export function clientArguments(group: ReplicationGroup): readonly string[] {
  const connection = ["-p", String(group.port), "--user", operatorName, "--no-auth-warning"];
  return group.tls ? [...connection, "--tls", "--cacert", paths.authority] : connection;
}

function listening({ tls, port }: ReplicationGroup): readonly (readonly [string, string])[] {
  if (!tls) return [["port", String(port)]];
  return [
    ["port", "0"],
    ["tls-port", String(port)],
    ["tls-cert-file", paths.certificate],
    ["tls-key-file", paths.key],
    ["tls-ca-cert-file", paths.authority],
    ["tls-auth-clients", "no"],
    ["tls-replication", "yes"],
  ];
}

function following(group: ReplicationGroup, member: number): readonly (readonly [string, string])[] {
  if (member === 1) return [];
  return [
    ["replicaof", `${addressesOf(group).primary} ${group.port}`],
    ["masteruser", operatorName],
    ["masterauth", group.operator],
  ];
}

/** `replicaof` takes two words; everything else is one. */
function quoted(value: string): string {
  return /^[\w./:-]+( \d+)?$/.test(value) ? value : `"${value.replaceAll(/["\\]/g, "\\$&")}"`;
}
