/** What lies at a path of the project, seen through symbolic links. */
export type OnDisk =
  | {
      readonly kind: "file";
      /** Bytes. */
      readonly size: number;
      readonly isExecutable: boolean;
      /** Left out where it is larger than `largestRead`. */
      readonly text?: string;
    }
  | { readonly kind: "folder" }
  | { readonly kind: "missing" }
  /** A link that leads out of the project's folder. */
  | { readonly kind: "outside" }
  | { readonly kind: "unreadable" }
  /** A socket or a device. */
  | { readonly kind: "other" };

/** Looks at a path from the project's folder. */
export type Disk = (path: string) => OnDisk;

/** Bytes; what is larger is data, and belongs into an image of its own or on a volume. */
export const largestConfig = 10 * 1024 * 1024;

/** Bytes; what is larger is not searched for the services it names. */
export const largestRead = 1024 * 1024;

/** Where nobody can look, names tell. */
export function guessDisk(path: string): OnDisk {
  return isNamedLikeFile(path) ? { kind: "file", size: 0, isExecutable: false } : { kind: "folder" };
}

/** Files that are known by a name without an ending. */
const wellKnown = /^(?:caddyfile|dockerfile|makefile|procfile|gemfile|pipfile|rakefile|hosts|passwd)$/i;

/** `nginx.conf` and `Caddyfile`, but not `conf.d`. */
export function isNamedLikeFile(path: string): boolean {
  const name = path.split("/").at(-1) ?? "";
  return (
    wellKnown.test(name) || (/^.*[^.]\.[A-Za-z0-9]{1,10}$|^\.\w+rc$|^\.env/.test(name) && !/\.d$/.test(name))
  );
}
