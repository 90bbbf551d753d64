import type { TarFile } from "../docker/tar.ts";
import type { Instance, ParameterGroup } from "./state.ts";

/** How the server of an engine runs in a container of its official image. */
export interface ServerKind {
  /** Where the image keeps its data. */
  readonly dataFolder: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  env(instance: Instance): Readonly<Record<string, string>>;
  /** What a container is given before it starts, besides its settings. */
  files(pair: { readonly certificate: string; readonly key: string }): readonly TarFile[];
  /** What changes with the parameter group. */
  settings(instance: Instance, group: ParameterGroup): readonly TarFile[];
  /** Fails, or prints nothing, until the server takes connections from the network; then prints its version. */
  probe(instance: Instance): readonly string[];
  /** Makes the running server take its new settings up. */
  reload(instance: Instance, group: ParameterGroup): readonly string[];
  /** What the server keeps of a password, so that the password itself reaches no argument, no log and no file. */
  verifier(password: string): Promise<string>;
  /** Makes the master user and the first database as RDS does, or sets the user's password; can be run again. */
  setMaster(instance: Instance, verifier: string): readonly string[];
}
