import { inside, mapped, noted, type Rules, type Target } from "../rules.ts";

/** A container that answers HTTP. */
export const serviceRules: Rules<Target> = {
  build: mapped(["build"]),
  image: mapped(["image"]),
  ports: mapped(["ports"]),
  "x-cnc": inside({
    type: noted("`backend` is a container with a port"),
    url_path: mapped(["x-freehold", "path"]),
    migrate: mapped(["x-freehold", "release"]),
    seed: mapped(["x-freehold", "seed"]),
  }),
};
