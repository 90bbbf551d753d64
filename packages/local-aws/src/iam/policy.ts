/**
 * A policy as the evaluator reads it. Resource policies will add principals to a statement, organizations further layers.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export interface PolicyDocument {
  /** Policy variables belong to the newer version alone: in the older one `${…}` is plain text. */
  readonly hasVariables: boolean;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly actions: Selection;
  readonly resources: Selection;
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
}

/** `Action` and `Resource` select what one of the patterns matches, `NotAction` and `NotResource` what none does. */
export interface Selection {
  readonly kind: "any" | "none";
  readonly patterns: readonly string[];
}

/** One key under one operator; the values are alternatives. */
export interface Condition {
  /** As written, e.g. `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** The policies that limit one principal; a request needs an allowing statement in each layer that is there. */
export interface Layers {
  readonly identity: readonly PolicyDocument[];
  /** Permissions boundary: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
  readonly boundary?: readonly PolicyDocument[];
  /** Policy given to AssumeRole: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session */
  readonly session?: readonly PolicyDocument[];
}

export type LayerName = keyof Layers;

/** One action on one resource. A call may ask for several. */
export interface AccessRequest {
  /** `s3:GetObject` */
  readonly action: string;
  readonly resource: Resource;
  readonly context: Context;
}

/** Where local-aws cannot tell the ARN, a statement allows only with the resource `*`, and every statement may deny. */
export type Resource =
  | { readonly kind: "arn"; readonly arn: string }
  | { readonly kind: "unknown"; readonly reason: string };

/** Values of condition keys, by lower-case key. */
export interface Context {
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Whether AWS, too, has no value for this key in this request. Of a key in neither list nothing is known. */
  readonly isAbsent: (key: string) => boolean;
}
