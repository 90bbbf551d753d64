/** A volume in a container. */
export interface Mount {
  /** Name of the volume. */
  readonly volume: string;
  /** Absolute, inside the container. */
  readonly path: string;
  readonly readOnly: boolean;
  /** Folder of the volume, relative; left out, the whole. */
  readonly subpath?: string;
}
