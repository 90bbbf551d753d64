import { commandRule } from "../command.ts";
import { placed } from "../document.ts";
import { inside, mapped, mapping, noted, noting, type Rules, textOf, turned } from "../rules.ts";
import type { ServiceContext } from "./context.ts";
import { maxScale, minScale, settings } from "./settings.ts";
import { scheduledTasks, workers } from "./tasks.ts";

/** `system` of a container. */
export const backendSystem: Rules<ServiceContext> = {
  health_check: mapped(["x-freehold", "health"]),
  platform_settings: inside({ min_scale: minScale, max_scale: maxScale }),
};

/** `x-cnc` of a container that answers HTTP. */
export const backendRules: Rules<ServiceContext> = {
  ...settings,
  type: turned((written, { at, isInternal }) => {
    const type = isInternal ? "private" : "web";
    return mapping(written, [...at, "x-freehold", "type"], placed(type, written.entry.place));
  }),
  internal: noted("makes it a service of type `private`, where it is true"),
  url_path: turned((written, { at, isInternal }) =>
    isInternal
      ? noting(written, "noted", "nothing outside reaches the service")
      : mapping(written, [...at, "x-freehold", "path"]),
  ),
  migrate: commandRule(["x-freehold", "release"], "once per release, before traffic moves"),
  seed: commandRule(["x-freehold", "seed"], "once per environment, never in production"),
  cdn: inside({
    enabled: turned((written) => {
      const outcome = textOf(written.entry.value) === "true" ? "without counterpart" : "noted";
      return noting(written, outcome, "what a container answers is not cached at the edge");
    }),
  }),
  system: inside(backendSystem),
  workers,
  scheduled_tasks: scheduledTasks,
};
