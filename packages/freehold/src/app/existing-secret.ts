/** A secret of Secrets Manager that is somebody else's to make and to set. */
export interface ExistingSecret {
  /** Full ARN, or name. */
  readonly id: string;
  /** Field of its JSON; the whole value where left out. */
  readonly key?: string;
}

/** Whether it names one outright; a name is looked up. */
export function isSecretArn(id: string): boolean {
  return id.startsWith("arn:");
}
