/** Every rule of a security group that names a range of addresses instead of a group, and why. */
export const openRanges = {
  /** What an application calls (other companies' APIs, AWS's own endpoints behind the NAT gateway) has no range. */
  taskEgress: { type: "aws_vpc_security_group_egress_rule", range: "0.0.0.0/0" },
} as const;

/** Every action that is allowed on `*`, and why. */
export const unscopedActions = {
  /** IAM knows no resource for it: the token opens what the role's other permissions allow. */
  registryToken: "ecr:GetAuthorizationToken",
} as const;
