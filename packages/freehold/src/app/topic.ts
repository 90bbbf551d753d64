/** A place to publish messages; each of its queues receives them. */
export interface Topic {
  readonly type: "topic";
  readonly name: string;
  readonly fifo: boolean;
  /** Sorted by queue. */
  readonly subscriptions: readonly Subscription[];
  readonly reason: string;
}

/** A queue that receives what is published. */
export interface Subscription {
  /** Name of a queue of the application. */
  readonly queue: string;
  /** The message as it was published, not in an envelope that tells of topic and time. */
  readonly raw: boolean;
  /** Only what passes is received. */
  readonly filter?: { readonly on: "attributes" | "body"; readonly policy: FilterPolicy };
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html */
export type FilterPolicy = { readonly [key: string]: FilterValue };

export type FilterValue = string | number | boolean | null | readonly FilterValue[] | FilterPolicy;
