/** Where a path that somebody's file names leads, through all symbolic links. */
export type Located =
  | { readonly kind: "project" }
  /** Beside or above the project, within the Git repository that holds it: a monorepo. */
  | { readonly kind: "repository"; readonly resolved: string; readonly root: string }
  | Outside
  /** A pipe, socket or device: opening it may wait for ever. */
  | { readonly kind: "special" }
  | { readonly kind: "missing" }
  | { readonly kind: "unreadable" };

export interface Outside {
  readonly kind: "outside";
  /** Real, absolute path. */
  readonly resolved: string;
  /** Real path of the Git root around the project, or of the project. */
  readonly root: string;
}

/** Reads on from the setting and the path that is written. */
export function outsideMessage({ resolved, root }: Outside): string {
  const isOfGit = resolved.startsWith(`${root}/`) && resolved.split("/").includes(".git");
  return isOfGit
    ? `resolves to ${resolved}, which belongs to Git itself`
    : `resolves to ${resolved}, which is outside ${root}`;
}

export const outsideHint =
  "move or copy it into the project; Freehold reads nothing outside the project and the Git repository that contains it";
