import { placed } from "../document.ts";
import {
  inside,
  itemsOf,
  mapped,
  mapping,
  noted,
  noting,
  type Rule,
  type Rules,
  sectionOf,
  textOf,
  together,
  turned,
  walk,
  without,
} from "../rules.ts";
import type { ServiceContext } from "./context.ts";

type Settings = Rules<ServiceContext>;

/** A list of sections, each by these rules. */
export function each(rules: Settings): Rule<ServiceContext> {
  return turned((written, context, findings) =>
    together(
      itemsOf(written, findings).flatMap((item) => {
        const tree = sectionOf(item, findings);
        return tree === undefined ? [] : [walk(tree, rules, item.key, context, findings)];
      }),
    ),
  );
}

const noHeaders = "no headers of your own are added; answer them from the application";
const noLimit = "no step has a limit of its own";
const byInput = "an image is built again when its input has changed, whatever else has";

/** Written under a service of any type. */
export const settings: Settings = {
  url_path: mapped(["x-freehold", "path"]),
  data: without("it is for templates of your own"),
  integrations: without("it is for Coherence's own platform"),
  custom_headers: each({ name: without(noHeaders), value: without(noHeaders), type: without(noHeaders) }),
  build_config: inside({
    included_paths: noted(byInput),
    excluded_paths: noted(byInput),
    existing_image_tag_mode: turned((written) =>
      textOf(written.entry.value) === "sha"
        ? noting(written, "without counterpart", "the image's tag is the one in `image`")
        : noting(written, "noted", "the image's tag is the one in `image`"),
    ),
  }),
  timeouts: inside({
    default: without(noLimit),
    test: without(noLimit),
    migrate: without(noLimit),
    snapshot: without(noLimit),
    seed: without(noLimit),
    deploy: without(noLimit),
  }),
};

/** The more of `min_scale` and the replicas counts. */
export const minScale: Rule<ServiceContext> = turned((written, { at, replicas }) => {
  const isMore = Number.isInteger(replicas) && replicas > Number(textOf(written.entry.value));
  const value = isMore ? placed(replicas, written.entry.place) : written.entry;
  const message = isMore ? "`deploy.replicas` asks for more, and the more counts" : "";
  return mapping(written, [...at, "x-freehold", "scale", "min"], value, message);
});

export const maxScale: Rule<ServiceContext> = mapped(["x-freehold", "scale", "max"]);
