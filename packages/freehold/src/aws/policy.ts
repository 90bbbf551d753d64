import { type Call, jsonencode, type Text, type ValueMap } from "../terraform/expression.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface Statement {
  readonly effect?: "Allow" | "Deny";
  readonly principal?: string | { readonly [kind: string]: Text };
  readonly actions: readonly string[];
  readonly resources?: readonly Text[];
  readonly conditions?: { readonly [operator: string]: { readonly [key: string]: Text } };
}

export function policyDocument(statements: readonly Statement[]): Call {
  return jsonencode({ Version: "2012-10-17", Statement: statements.map(renderStatement) });
}

/** Lets an AWS service take a role, on behalf of this account's things alone. */
export function trustPolicy(service: string, account: string): Call {
  const conditions = { StringEquals: { "aws:SourceAccount": account } };
  return policyDocument([{ principal: { Service: service }, actions: ["sts:AssumeRole"], conditions }]);
}

function renderStatement({ effect, principal, actions, resources, conditions }: Statement): ValueMap {
  return {
    Effect: effect ?? "Allow",
    ...(principal === undefined ? {} : { Principal: principal }),
    Action: actions,
    ...(resources === undefined ? {} : { Resource: resources }),
    ...(conditions === undefined ? {} : { Condition: conditions }),
  };
}
