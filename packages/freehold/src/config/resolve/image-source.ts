import type { Build, ImageSource, Platform } from "../../app/application.ts";
import { isSecretName } from "../../app/secret-name.ts";
import type { BuildSection } from "../compose/build.ts";
import type { Findings } from "../findings.ts";
import { isImageReference } from "../image-reference.ts";
import { projectPath } from "../paths.ts";
import { placeAt, type Section } from "../yaml/tree.ts";
import type { ContainerDraft } from "./draft.ts";
import { optional, sorted } from "./records.ts";

/** Where the image comes from; an image of no name after a problem. */
export function imageSource(
  { compose, subject, place, service }: ContainerDraft,
  findings: Findings,
): ImageSource {
  const build = compose.build && buildOf(compose.build, service, subject, findings);
  if (build !== undefined) return { kind: "build", build };
  const reference = compose.image ?? "";
  const written = [`${subject}.image`, `${subject}.build`];
  if (reference === "" && !written.some((part) => findings.tells(part))) {
    const message = "has neither `build` nor `image`";
    findings.problem({ code: "no-image", subject, message, hint: "say where its image comes from", place });
  }
  if (reference !== "" && !isImageReference(reference)) {
    const message = `\`${reference}\` is not the name of an image`;
    const hint = "write it as `name:tag`, e.g. `nginx:1.27` or `ghcr.io/acme/api:v2`";
    const place = placeAt(service, ["image"]);
    findings.problem({ code: "image", subject: `${subject}.image`, message, hint, place });
  }
  return { kind: "image", reference };
}

export function buildOf(
  section: BuildSection,
  service: Section,
  subject: string,
  findings: Findings,
): Build | undefined {
  const context = projectPath(section.context);
  if (context === undefined) {
    const message = `\`${section.context}\` is not a folder of the project; other contexts are not built yet`;
    const place = placeAt(service, ["build", "context"]);
    findings.problem({
      code: "context",
      subject: `${subject}.build`,
      message,
      hint: "write a path such as `./api`",
      place,
    });
    return undefined;
  }
  const args = Object.entries(section.args).map(([name, value]): [string, string] => [name, value ?? ""]);
  noteSecrets(args, subject, findings);
  return {
    context,
    dockerfile: dockerfileOf(section, service, subject, findings),
    ...optional("target", section.target),
    args: sorted(Object.fromEntries(args)),
  };
}

/** Whoever may pull the image reads them in its history (https://docs.docker.com/build/building/secrets/). */
function noteSecrets(
  args: readonly (readonly [string, string])[],
  subject: string,
  findings: Findings,
): void {
  for (const [name] of args.filter(([one, value]) => value !== "" && isSecretName(one))) {
    const message = `looks like a secret, and whoever may pull the image can read it there: leave it out of the build, and list it under \`secrets\` to have it when the container runs`;
    findings.note(`${subject}.build.args.${name}`, message);
  }
}

function dockerfileOf(
  { dockerfile: path, dockerfile_inline: text }: BuildSection,
  service: Section,
  subject: string,
  findings: Findings,
): Build["dockerfile"] {
  if (path !== undefined && text !== undefined) {
    const message = "and `dockerfile` are two; write one of them";
    const place = placeAt(service, ["build", "dockerfile_inline"]);
    findings.problem({ code: "value", subject: `${subject}.build.dockerfile_inline`, message, place });
  }
  if (text !== undefined) return { text };
  return path === undefined ? "Dockerfile" : (projectPath(path) ?? path);
}

/** What Fargate runs of `platform`. */
export function platformOf({ compose, service, subject }: ContainerDraft, findings: Findings): Platform {
  switch (compose.platform) {
    case undefined:
    case "linux/amd64":
    case "linux/x86_64":
      return "linux/amd64";
    case "linux/arm64":
    case "linux/arm64/v8":
      return "linux/arm64";
    default: {
      const message = `\`${compose.platform}\` does not run on Fargate; use linux/amd64 or linux/arm64`;
      findings.problem({
        code: "platform",
        subject: `${subject}.platform`,
        message,
        place: placeAt(service, ["platform"]),
      });
      return "linux/amd64";
    }
  }
}
