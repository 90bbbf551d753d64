/** What a container may do on its kernel; each field left out is as the image and Fargate have it. */
export interface Sandbox {
  /** A small first process that passes signals on and reaps what has ended. */
  readonly init?: true;
  /** Nothing can be written but to mounts. */
  readonly readOnly?: true;
  /** Linux's names without `CAP_`: `SYS_PTRACE`, `ALL`. */
  readonly added?: readonly string[];
  readonly dropped?: readonly string[];
  /** How many files and sockets one process may hold open. */
  readonly openFiles?: { readonly soft: number; readonly hard: number };
  /** Folders in memory, empty at each start; they count as memory of the task. */
  readonly inMemory?: readonly MemoryFolder[];
}

export interface MemoryFolder {
  readonly path: string;
  /** MiB. */
  readonly size: number;
  /** As `mount` takes them: `noexec`, `mode=1777`. */
  readonly options: readonly string[];
}
