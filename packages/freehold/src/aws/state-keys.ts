/** Key of a collection's state in the state bucket. */
export function collectionStateKey(application: string, collection: string): string {
  return `${application}/${collection}/collection.tfstate`;
}

/** Key of an environment's state in the state bucket. */
export function environmentStateKey(application: string, collection: string, environment: string): string {
  return `${application}/${collection}/environments/${environment}.tfstate`;
}
