import type { CollectionSettings } from "../../collection.ts";
import type { environmentSchema } from "../../environment.ts";
import type * as z from "../../zod.ts";

export type Collections = Readonly<Record<string, CollectionSettings | null>>;

/** An environment as it is written, beside all others. */
export interface WrittenEnvironment {
  readonly name: string;
  /** `production/live`, which no other has. */
  readonly fullName: string;
  /** From the top of the file. */
  readonly path: readonly string[];
  readonly settings: z.output<typeof environmentSchema> | null;
}

/** Every environment of the file, in its order; a collection that names none has `dev`. */
export function writtenEnvironments(collections: Collections): readonly WrittenEnvironment[] {
  return Object.entries(collections).flatMap(([collection, own]) =>
    Object.entries(own?.environments ?? { dev: null }).map(([name, settings]) => ({
      name,
      fullName: `${collection}/${name}`,
      path: ["x-freehold", "collections", collection, "environments", name],
      settings,
    })),
  );
}
