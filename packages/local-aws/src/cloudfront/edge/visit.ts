import type { DistributionConfig } from "@aws-sdk/client-cloudfront";
import type { Ask } from "../../elb/exchange.ts";
import type { Stored } from "../shelf.ts";
import type { Behavior } from "./behavior.ts";
import type { CachePlan, Selection } from "./selection.ts";

/** One viewer request on its way through the edge; `ask` is as the viewer-request function left it. */
export interface Visit {
  readonly distribution: Stored<DistributionConfig>;
  readonly behavior: Behavior;
  readonly plan: CachePlan;
  readonly forward: Selection;
  readonly requestId: string;
  readonly ask: Ask;
  /** The origin or origin group that answers. */
  readonly originId: string;
}

/** How CloudFront came by an answer: the word in `X-Cache`. */
export type CacheWord =
  | "Hit"
  | "Miss"
  | "Error"
  | "FunctionGeneratedResponse"
  | "FunctionExecutionError"
  | "FunctionThrottledError"
  | "FunctionValidationError"
  | "Redirect";
