import { terraformName } from "../app/names.ts";
import { type Block, ref, resource } from "../terraform/block.ts";
import { type Ref, type Text, template } from "../terraform/expression.ts";
import { arnOf } from "./arn.ts";
import { unscopedActions } from "./exceptions.ts";
import { nameOf } from "./names.ts";
import { policyDocument, type Statement, trustPolicy } from "./policy.ts";
import { repositoryName } from "./repositories.ts";
import { type EnvironmentScope, serviceTags, within } from "./scope.ts";

export interface Role {
  readonly blocks: readonly Block[];
  readonly arn: Ref;
}

const tasks = "ecs-tasks.amazonaws.com";

/** What a service's own code may do: what it uses, and nothing else. */
export function taskRole(scope: EnvironmentScope, owner: string, statements: readonly Statement[]): Role {
  return role(scope, {
    name: `task_${terraformName(owner)}`,
    cloudName: nameOf("role", within(scope, owner), "task"),
    service: tasks,
    statements,
    tags: serviceTags(owner),
  });
}

export interface ExecutionRequest {
  readonly logGroupArn: Text;
  readonly secretArns: readonly Text[];
  /** What else it takes to read them. */
  readonly others?: readonly Statement[];
  /** The one service or database whose tasks it starts. */
  readonly owner: string;
}

/**
 * What starts a task: it pulls the image, opens the log streams and reads the secrets, all of them by name. Each service has
 * its own, so that a definition registered for one service cannot read another's secrets.
 */
export function executionRole(scope: EnvironmentScope, request: ExecutionRequest): Role {
  const { owner } = request;
  return role(scope, {
    name: `execution_${terraformName(owner)}`,
    cloudName: nameOf("role", within(scope, owner), "execution"),
    service: tasks,
    statements: executionStatements(scope, request),
    tags: serviceTags(owner),
  });
}

function executionStatements(scope: EnvironmentScope, request: ExecutionRequest): readonly Statement[] {
  const repository = arnOf(scope, "ecr", `repository/${repositoryName(scope.shared, request.owner)}`);
  const all: readonly Statement[] = [
    { actions: [unscopedActions.registryToken], resources: ["*"] },
    {
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [repository],
    },
    {
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [template(request.logGroupArn, ":*")],
    },
    { actions: ["secretsmanager:GetSecretValue"], resources: request.secretArns },
    ...(request.others ?? []),
  ];
  return all.filter((statement) => statement.resources?.length !== 0);
}

export interface RoleRequest {
  readonly name: string;
  readonly cloudName: string;
  readonly service: string;
  readonly statements: readonly Statement[];
  readonly tags?: Readonly<Record<string, string>>;
}

/** A role that one service of AWS may take, and what it then may do. */
export function role(scope: EnvironmentScope, request: RoleRequest): Role {
  const { name, cloudName, service, statements, tags = {} } = request;
  const main = resource("aws_iam_role", name, {
    name: cloudName,
    assume_role_policy: trustPolicy(service, scope.facts.account),
    tags,
  });
  const permissions =
    statements.length === 0
      ? []
      : [
          resource("aws_iam_role_policy", name, {
            role: ref(main, "id"),
            name: "freehold",
            policy: policyDocument(statements),
          }),
        ];
  return { blocks: [main, ...permissions], arn: ref(main, "arn") };
}
