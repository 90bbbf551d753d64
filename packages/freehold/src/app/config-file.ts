/** A file that lies over a container's image: a Compose config, or a file of the project that is bind-mounted at home. */
export interface ConfigFile {
  /** Absolute, inside the container. */
  readonly path: string;
  readonly content: ConfigContent;
  /** POSIX permission bits. */
  readonly mode: number;
  /** Numbers of the user and the group that own it; 0 is root's. */
  readonly owner: { readonly user: number; readonly group: number };
}

export type ConfigContent =
  /** A file of the project; its path from the project's folder. */
  { readonly kind: "file"; readonly path: string } | { readonly kind: "text"; readonly text: string };
