/** A name by which a task reaches a service, for as long as the task lives. */
export interface Alias {
  readonly dnsName: string;
  readonly port: number;
  /** What answers there. */
  readonly discoveryName: string;
}

/** What Service Connect gives a task: fixed when it starts, as ECS fixes it. */
export interface Membership {
  /** ARN or name, as the service names it. */
  readonly namespace: string;
  readonly aliases: readonly Alias[];
  /** What the task itself answers, and at which port of its container. */
  readonly serves: readonly { readonly discoveryName: string; readonly port: number }[];
}
