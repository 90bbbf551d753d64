import type { Binding } from "./binding.ts";
import type { ExistingSecret } from "./existing-secret.ts";

/** A secret that a container finds in a file. */
export interface SecretFile {
  /** Its name in the file's own `secrets`, which is what it is set under. */
  readonly name: string;
  /** Absolute, below `secretsFolder`. */
  readonly path: string;
  readonly source: SecretSource;
  /** Four octal digits: `0444`. */
  readonly mode: string;
  readonly user: number;
  readonly group: number;
}

export type SecretSource =
  /** Set with `freehold secrets set`; `home` is what the Compose file reads it from, for a hint. */
  | { readonly kind: "own"; readonly home?: SecretAtHome }
  | { readonly kind: "existing"; readonly secret: ExistingSecret }
  /** The credential of a managed resource. */
  | { readonly kind: "bound"; readonly binding: Binding };

export type SecretAtHome =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "variable"; readonly name: string };

/** Where Compose puts them. */
export const secretsFolder = "/run/secrets";

/** Bindings of those that hold a managed resource's credential, each by `boundFileKey`. */
export function fileBindings(files: readonly SecretFile[] = []): Readonly<Record<string, Binding>> {
  return Object.fromEntries(
    files.flatMap((file) =>
      file.source.kind === "bound" ? [[boundFileKey(file), file.source.binding] as const] : [],
    ),
  );
}

/** What names a secret's value among a service's bound ones, where no variable has such a name. */
export function boundFileKey({ name }: SecretFile): string {
  return `file/${name}`;
}
