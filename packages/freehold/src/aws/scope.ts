import type { Application, Collection, Environment } from "../app/application.ts";
import type { Identity } from "../app/names.ts";
import type { CollectionFacts, EnvironmentFacts, Facts } from "./facts.ts";

/** Where a concern stands: what every one of them needs to know to name and guard its things. */
export interface Scope<F extends Facts = Facts> {
  readonly identity: Identity;
  readonly facts: F;
  /** On everything of the stack that can bear tags. */
  readonly tags: Readonly<Record<string, string>>;
  /** Whether what holds data is guarded against removal. */
  readonly isGuarded: boolean;
}

export interface CollectionScope extends Scope<CollectionFacts> {
  readonly collection: Collection;
}

export interface EnvironmentScope extends Scope<EnvironmentFacts> {
  readonly environment: Environment;
  /** The collection that the environment stands in. */
  readonly shared: Identity;
}

export function collectionScope(
  application: Application,
  collection: Collection,
  facts: CollectionFacts,
): CollectionScope {
  const identity = { application: application.name, collection: collection.name };
  return { identity, facts, collection, tags: tagsOf(identity, collection), isGuarded: facts.protectData };
}

export function environmentScope(
  application: Application,
  collection: Collection,
  environment: Environment,
  facts: EnvironmentFacts,
): EnvironmentScope {
  const shared = { application: application.name, collection: collection.name };
  const identity = { ...shared, environment: environment.name };
  const isGuarded = facts.protectData && environment.kind !== "preview";
  return { identity, shared, facts, environment, tags: tagsOf(identity, collection), isGuarded };
}

/** The identity of a service or resource within a scope. */
export function within(scope: Scope, service: string): Identity {
  return { ...scope.identity, service };
}

/** The user's tags may add, not change, what tells ours apart. */
function tagsOf(identity: Identity, collection: Collection): Readonly<Record<string, string>> {
  return {
    ...collection.tags,
    Application: identity.application,
    Collection: collection.name,
    ...(identity.environment === undefined ? {} : { Environment: identity.environment }),
    ManagedBy: "freehold",
  };
}

/** Tag of things that belong to one service or resource. */
export function serviceTags(name: string): { readonly Service: string } {
  return { Service: name };
}

/** Lifecycle of what holds data. */
export function guardOf(scope: Scope): { readonly preventDestroy?: true } {
  return scope.isGuarded ? { preventDestroy: true } : {};
}
