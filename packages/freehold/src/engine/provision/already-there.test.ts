import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import { isAlreadyThere } from "./already-there.ts";

/** As the provider tells them (hashicorp/aws 5.100.0), each from the service's own words. */
const met: readonly string[] = [
  "creating IAM Role (shop): operation error IAM: CreateRole, https response error StatusCode: 409, EntityAlreadyExists: Role with name shop already exists.",
  "creating S3 Bucket (shop): BucketAlreadyOwnedByYou",
  "creating S3 Bucket (shop): BucketAlreadyExists",
  "creating Secrets Manager Secret (shop): ResourceExistsException: The operation failed because the secret shop already exists.",
  "creating RDS DB Instance (shop): DBInstanceAlreadyExists: DB instance already exists",
  "creating ElastiCache Replication Group (shop): ReplicationGroupAlreadyExistsFault",
  "ELBv2 Target Group (shop) already exists",
  "ELBv2 Load Balancer (shop) already exists",
  "creating ELBv2 Listener Rule: PriorityInUse: Priority '177' is currently in use",
  "creating ELBv2 Listener: DuplicateListener: A listener already exists on this port",
  "creating Security Group (shop): InvalidGroup.Duplicate: The security group 'shop' already exists for VPC 'vpc-1'",
  "creating VPC Security Group Rule: InvalidPermission.Duplicate: the specified rule already exists",
  "RouteAlreadyExists: The route identified by 0.0.0.0/0 already exists.",
  "creating Route Table Association: Resource.AlreadyAssociated: the specified association for route table rtb-1 conflicts with an existing association",
  "creating ECS Service (shop): InvalidParameterException: Creation of service was not idempotent.",
  "creating ECR Repository (shop): RepositoryAlreadyExistsException",
  "creating CloudWatch Logs Log Group (/freehold/shop): ResourceAlreadyExistsException: The specified log group already exists",
  "creating CloudFront Function (shop): FunctionAlreadyExists",
  "creating CloudFront Origin Access Control (shop): OriginAccessControlAlreadyExists",
  "creating EventBridge Scheduler Schedule (shop/report): ConflictException: Schedule report already exists.",
];

for (const message of met) {
  test(message, () => {
    assert.ok(isAlreadyThere(new UserError({ code: "terraform-failed", subject: "aws_x.y", message })));
  });
}

test("another failure of Terraform's, and what is no failure of Terraform's", () => {
  const denied = "creating IAM Role (shop): AccessDenied: User is not authorized to perform iam:CreateRole";
  const inUse = "deleting EC2 Subnet: DependencyViolation: The subnet has dependencies and cannot be deleted";
  for (const message of [denied, inUse])
    assert.ok(!isAlreadyThere(new UserError({ code: "terraform-failed", subject: "", message })));
  assert.ok(!isAlreadyThere(new UserError({ code: "lease-held", subject: "", message: met[0] ?? "" })));
  assert.ok(!isAlreadyThere(new Error(met[0])));
});
