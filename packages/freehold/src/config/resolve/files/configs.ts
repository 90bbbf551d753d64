import type { ConfigFile } from "../../../app/config-file.ts";
import { type GivenFile, pathOf } from "../../compose/given-files.ts";
import type { ComposeService } from "../../compose/service.ts";
import { projectPath } from "../../paths.ts";
import { hintFor } from "../../suggest.ts";
import { placeAt, type Section } from "../../yaml/tree.ts";
import { boundFile } from "./binds.ts";
import { type Content, namedContent, type Surroundings, type Written } from "./config-content.ts";
import type { Placed } from "./config-targets.ts";

/** A service whose Compose part has been read. */
interface Carrier {
  readonly subject: string;
  readonly service: Section;
  readonly compose: Pick<ComposeService, "build" | "configs" | "volumes">;
}

export interface ConfigContext extends Surroundings {
  /** The file's own `configs`, by name. */
  readonly configs: ReadonlyMap<string, Section>;
}

/** Files that lie over a container's image: its `configs`, and the single files that are bind-mounted at home. */
export function placedConfigs(carrier: Carrier, context: ConfigContext): readonly Placed[] {
  const { configs = [], volumes = [] } = carrier.compose;
  const given = configs.flatMap((one, index) => givenConfig(one, index, carrier, context));
  const bound = volumes.flatMap((mount, index) =>
    mount.kind === "bind" ? boundConfig(mount, index, carrier, context) : [],
  );
  return [...given, ...bound];
}

const root = { user: 0, group: 0 };

function givenConfig(
  given: GivenFile,
  index: number,
  { subject: service, service: tree }: Carrier,
  context: ConfigContext,
): readonly Placed[] {
  const where = { subject: `${service}.configs`, place: placeAt(tree, ["configs", index]) };
  const section = context.configs.get(given.source);
  if (section === undefined) {
    reportUnknown(given.source, where, context);
    return [];
  }
  const content = namedContent(given.source, section, context);
  if (content === undefined) return [];
  const { uid = 0, gid = 0, mode = 0o444 } = given;
  return [
    placedAt(pathOf(given, ""), mode, { user: Number(uid), group: Number(gid) }, content, where, context),
  ];
}

function reportUnknown(name: string, where: Written, { configs, findings }: ConfigContext): void {
  const message = `\`${name}\` is no config of this file`;
  const hint =
    configs.size === 0
      ? `name it: \`configs: { ${name}: { file: ./${name} } }\``
      : hintFor(name, [...configs.keys()]);
  findings.problem({ code: "unknown-name", ...where, message, hint });
}

function boundConfig(
  mount: Parameters<typeof boundFile>[0],
  index: number,
  { subject: service, service: tree, compose }: Carrier,
  context: ConfigContext,
): readonly Placed[] {
  const where = { subject: `${service}.volumes`, place: placeAt(tree, ["volumes", index]) };
  const built = compose.build === undefined ? undefined : projectPath(compose.build.context);
  const bound = boundFile(mount, { ...where, context: built }, context.disk, context.findings);
  if (bound === undefined) return [];
  const mode = bound.isExecutable ? 0o755 : 0o644;
  return [placedAt(bound.target, mode, root, bound, where, context)];
}

function placedAt(
  path: string,
  mode: number,
  owner: ConfigFile["owner"],
  { content, text }: Content,
  where: Written,
  { findings }: ConfigContext,
): Placed {
  if (looksSecret(text)) {
    const message = `${path} looks as if it held a secret, and whoever may pull the image may read it: list it under \`secrets\` instead`;
    findings.note(where.subject, message);
  }
  return { file: { path, content, mode, owner }, text, where };
}

/** Keys, and values of names that keep them; not a reference to one. */
const secretMarks = [
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/,
  /\baws_secret_access_key\b/i,
  /_authToken\s{0,9}=/,
  /^[\w. -]{0,80}(?:password|passwd|secret|token|api_?key)["']?\s{0,9}[=:]\s{0,9}["']?[^\s"'${<]{8}/im,
];

function looksSecret(text: string): boolean {
  return secretMarks.some((mark) => mark.test(text));
}
