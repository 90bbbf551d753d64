import type { Binding } from "../../../app/binding.ts";
import { type SecretFile, type SecretSource, secretsFolder } from "../../../app/secret-file.ts";
import { type GivenFile, pathOf } from "../../compose/given-files.ts";
import type { NamedSecret } from "../../compose/secrets.ts";
import type { Findings } from "../../findings.ts";
import { hintFor } from "../../suggest.ts";
import { placeAt, type Section } from "../../yaml/tree.ts";
import { type Beside, bindSecret } from "../bindings/bind-credential.ts";
import type { Context } from "../context.ts";

/** A service whose Compose part has been read. */
interface Holder {
  readonly subject: string;
  readonly service: Section;
  readonly compose: {
    readonly secrets?: readonly GivenFile[] | undefined;
    readonly user?: string | undefined;
  };
}

/** Compose's own: everybody in the container may read it. */
const defaultMode = 0o444;

/**
 * The secrets that a container finds in files, by path. One that is the credential of a managed database at home holds the real
 * one on AWS.
 */
export function secretFilesOf(holder: Holder, beside: Beside, context: Context): readonly SecretFile[] {
  const all = (holder.compose.secrets ?? []).flatMap((given, index) =>
    secretFile(given, index, holder, beside, context),
  );
  // Laid over one another, files may name a secret twice: the last says how it is given.
  const files = [...new Map(all.map((one) => [`${one.path} ${one.name}`, one])).values()];
  checkTwins(files, holder, context.findings);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function secretFile(
  given: GivenFile,
  index: number,
  holder: Holder,
  beside: Beside,
  { namedSecrets, ...context }: Context,
): readonly SecretFile[] {
  const { findings } = context;
  const subject = `${holder.subject}.secrets`;
  const place = placeAt(holder.service, ["secrets", index]);
  const named = namedSecrets.get(given.source);
  if (named === undefined) {
    const names = [...namedSecrets.keys()];
    const message = `\`${given.source}\` is no secret of this file`;
    const hint =
      names.length === 0
        ? `name it: \`secrets: { ${given.source}: { file: ./${given.source} } }\``
        : hintFor(given.source, names);
    findings.problem({ code: "unknown-name", subject, message, hint, place });
    return [];
  }
  const path = pathOf(given, secretsFolder);
  if (!isBelowFolder(path)) {
    const message = `\`${path}\` is outside of ${secretsFolder}, where alone secrets are put on AWS`;
    const hint = "leave `target` out, or write a name";
    findings.problem({ code: "target", subject, message, hint, place });
    return [];
  }
  const where = { name: given.source, subject, place };
  const binding = bindSecret(where, beside, { ...context, namedSecrets });
  const file = {
    name: given.source,
    path,
    source: sourceOf(given.source, named, binding),
    ...ownerOf(given, holder),
    mode: (given.mode ?? defaultMode).toString(8).padStart(4, "0"),
  };
  noteReaders(file, given, holder, findings);
  return [file];
}

function isBelowFolder(path: string): boolean {
  const parts = path.slice(secretsFolder.length + 1).split("/");
  return path.startsWith(`${secretsFolder}/`) && parts.every((part) => !["", ".", ".."].includes(part));
}

function sourceOf(name: string, named: NamedSecret, binding: Binding | undefined): SecretSource {
  if (binding !== undefined) return { kind: "bound", binding };
  const { file, environment, external } = named;
  if (external !== undefined && external !== false) {
    const other = external === true ? undefined : external.name;
    return { kind: "existing", secret: { id: named.name ?? other ?? name } };
  }
  if (file !== undefined) return { kind: "own", home: { kind: "file", path: file } };
  if (environment !== undefined) return { kind: "own", home: { kind: "variable", name: environment } };
  return { kind: "own" };
}

/** As whom the container runs, where the file says so in numbers; else root. */
function ownerOf({ uid, gid }: GivenFile, { compose }: Holder) {
  const [, user = "0", group = "0"] = /^(\d+)(?::(\d+))?$/.exec(compose.user ?? "") ?? [];
  return { user: Number(uid ?? user), group: Number(gid ?? group) };
}

/** Where nobody but its owner reads a file, the owner must be whom the image runs as. */
function noteReaders(file: SecretFile, { uid }: GivenFile, { subject, compose }: Holder, findings: Findings) {
  const isForAll = /[4-7]$/.test(file.mode);
  if (isForAll || uid !== undefined || /^\d/.test(compose.user ?? "")) return;
  const message = `${file.path} belongs to root, and its mode ${file.mode} lets no other user read it; say \`uid\` where the image runs as another`;
  findings.note(`${subject}.secrets`, message);
}

function checkTwins(files: readonly SecretFile[], { service, subject }: Holder, findings: Findings): void {
  const twin = files.find(({ path }, index) => files.findIndex((one) => one.path === path) < index);
  if (twin === undefined) return;
  const message = `puts two secrets at \`${twin.path}\``;
  findings.problem({
    code: "target",
    subject: `${subject}.secrets`,
    message,
    place: placeAt(service, ["secrets"]),
  });
}
