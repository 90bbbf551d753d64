import { partAt, type Section } from "../../yaml/tree.ts";
import { environment } from "./environment-keys.ts";
import {
  type Becomes,
  each,
  inside,
  isTrue,
  type KeyTable,
  mapped,
  noted,
  notes,
  one,
  textOf,
  type Written,
  without,
  write,
} from "./treatment.ts";

/** A pipeline's manifest, and whether it is the one whose order the environments follow. */
export interface PipelineContext {
  readonly manifest: Section;
  readonly isFirst: boolean;
}

type Key = Written<PipelineContext>;

/** The environments a pipeline goes through, in its order. */
export function stagesOf(manifest: Section): readonly string[] {
  const stages = partAt(manifest, ["stages"]);
  return stages?.kind === "list"
    ? stages.items.flatMap((stage) => textOf(partAt(stage, ["name"])) ?? [])
    : [];
}

const aside = "another pipeline says already in which order the environments follow";

function branch({ value, context, place }: Key): Becomes {
  const [first] = stagesOf(context.manifest);
  if (!context.isFirst || first === undefined) return noted(aside);
  return mapped([write(environment(first, "branch"), textOf(value) ?? "", place)]);
}

/** A release comes from the stage before. */
function stage({ value, context, place }: Key): Becomes {
  if (!context.isFirst) return noted(aside);
  const names = stagesOf(context.manifest);
  const before = names[names.indexOf(textOf(value) ?? "") - 1];
  if (before === undefined) return noted("is the first environment");
  return mapped([write(environment(textOf(value) ?? "", "promote_from"), before, place)]);
}

function approval({ key, value, context, place }: Key): Becomes {
  if (!context.isFirst) return noted(aside);
  if (!isTrue(value)) return noted("nobody is asked anyway");
  const index = Number(/\[(\d+)\]/.exec(key)?.[1]);
  const name = textOf(partAt(context.manifest, ["stages", index, "name"]));
  return name === undefined
    ? without("the stage has no name")
    : mapped([write(environment(name, "approval"), true, place)]);
}

const ownBuild = "Freehold builds where it runs, and pushes what it built";
const ownOrder = "the services of an environment are released together, in the order `depends_on` gives";
const ownStep =
  "write what has to run as `release` of a service, or as a step of the workflow that calls Freehold";
const source = "the workflow that calls `freehold up` knows its repository";

const steps = each(notes(ownStep, "buildspec", "depends_on"));

/** https://aws.github.io/copilot-cli/docs/manifest/pipeline/ */
export const pipelineKeys: KeyTable<PipelineContext> = {
  name: notes("no pipeline is made in AWS: `freehold up` runs in the repository's own workflow"),
  version: notes("is the version of Copilot's own format"),
  source: inside<PipelineContext>({
    provider: notes(source),
    properties: inside<PipelineContext>({
      branch: one(branch),
      repository: notes(source),
      access_token_secret: notes("no token is needed: the workflow runs in the repository"),
      connection_name: notes(source),
      output_artifact_format: notes("nothing is handed on between stages"),
    }),
  }),
  build: inside<PipelineContext>({
    image: notes(ownBuild),
    buildspec: notes(ownBuild),
    additional_policy: notes("the workflow's role needs what `freehold bootstrap` names", "PolicyDocument"),
  }),
  stages: each(
    inside<PipelineContext>({
      name: one(stage),
      requires_approval: one(approval),
      pre_deployments: steps,
      deployments: each(notes(ownOrder, "depends_on", "stack_name", "template_path", "template_config"), () =>
        noted(ownOrder),
      ),
      post_deployments: steps,
      test_commands: notes(ownStep),
    }),
  ),
};
