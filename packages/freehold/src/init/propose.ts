import { composeFileNames, foreignFileNames, overlayNameOf } from "../config/source.ts";
import { UserError } from "../errors.ts";
import { findParts } from "./find-parts.ts";
import { newFile } from "./new-file.ts";
import { overlay } from "./overlay/overlay.ts";
import type { Proposal } from "./proposal.ts";
import type { Repository } from "./repository.ts";

/**
 * What a repository needs so that `freehold up` understands it: a file of its own, or what lies over its Compose file.
 *
 * @throws UserError when the file is there already, when its Compose file is none, or when there is no program to be seen.
 */
export function propose(repository: Repository): Proposal {
  const foreign = foreignFileNames.find((name) => repository.paths.includes(name));
  const parts = findParts(repository);
  const compose = composeFileNames.find((name) => repository.paths.includes(name));
  if (compose === undefined) {
    if (foreign !== undefined) throw alreadyUnderstood(foreign);
    if (parts.length === 0) throw nothingFound(repository);
    return newFile(repository, parts);
  }
  const target = overlayNameOf(compose);
  const taken = compose === "freehold.yml" ? compose : repository.paths.find((path) => path === target);
  if (taken !== undefined) throw alreadyThere(taken);
  return overlay(compose, target, repository, parts);
}

function alreadyThere(file: string): UserError {
  const message = "is there already, and nothing is written over it";
  const hint = "`freehold check` says what it means; move it away to have one proposed anew";
  return new UserError({
    code: "file-exists",
    subject: "",
    message: `${file} ${message}.`,
    hint,
    place: { file },
  });
}

function alreadyUnderstood(file: string): UserError {
  const message = `${file} is read as it is; nothing needs to be proposed.`;
  const hint = "`freehold check` says what it means.";
  return new UserError({ code: "file-exists", subject: "", message, hint, place: { file } });
}

function nothingFound({ name }: Repository): UserError {
  const message = `There is no program to be seen in ${name}: no Dockerfile, package.json, requirements.txt, go.mod, Gemfile, composer.json, pom.xml, build.gradle, Cargo.toml or mix.exs with one.`;
  const hint =
    "Run it in the folder of your application, or write a Compose file with a service for each program.";
  return new UserError({ code: "nothing-found", subject: "", message, hint });
}
