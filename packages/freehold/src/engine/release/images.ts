import { type Problem, UserError } from "../../errors.ts";
import { hasImage } from "../build/repositories.ts";
import type { Ports } from "../ports.ts";
import type { Release } from "./record.ts";

/**
 * Makes sure that the images of a release that was live once are there still: repositories forget those that no release names
 * any more, and people remove them. To be called before anything is touched.
 *
 * @throws UserError `image-gone`, one problem for each service.
 */
export async function demandImages(release: Release, ports: Ports): Promise<void> {
  const found = await Promise.all(
    Object.entries(release.services).map(async ([name, { image, writer, changedIn }]) => {
      const images = writer === undefined ? [image] : [image, writer];
      const present = await Promise.all(images.map((one) => hasImage(one, ports)));
      return present.every((isThere) => isThere) ? [] : [gone(name, changedIn, release)];
    }),
  );
  const problems = found.flat();
  if (problems.length > 0) throw new UserError(problems);
}

function gone(service: string, changedIn: string, { commit }: Release): Problem {
  const source = commit === undefined ? "its source" : `its source, commit ${commit.slice(0, 12)}`;
  return {
    code: "image-gone",
    subject: service,
    message: `Its image, released in ${changedIn}, is no longer in the repository; nothing was changed.`,
    hint: `Release it anew from ${source}: check that out and run \`freehold up\`.`,
  };
}
