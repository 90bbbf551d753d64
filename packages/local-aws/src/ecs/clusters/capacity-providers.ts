import type {
  CapacityProviderStrategyItem,
  DescribeCapacityProvidersCommandInput,
  LaunchType,
} from "@aws-sdk/client-ecs";
import type { Operation } from "../../service.ts";
import { type Arns, lastPart } from "../arns.ts";
import { invalidParameter } from "../errors.ts";
import type { Cluster } from "./cluster.ts";

/** The providers every account has; there are no container instances here to make others of. */
export const knownProviders: ReadonlySet<string> = new Set(["FARGATE", "FARGATE_SPOT"]);

/** How tasks find their place: a launch type or a strategy, never both. */
export interface Placement {
  readonly launchType?: LaunchType | undefined;
  readonly strategy?: readonly CapacityProviderStrategyItem[] | undefined;
}

/** What a caller asks for, else the cluster's default, else EC2 as ECS has it. @throws InvalidParameterException */
export function placementOf(cluster: Cluster, asked: Placement): Placement {
  if (asked.launchType && asked.strategy?.length) {
    throw invalidParameter(
      "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
    );
  }
  if (asked.launchType) return { launchType: asked.launchType };
  const strategy = asked.strategy?.length ? asked.strategy : cluster.defaultStrategy;
  if (strategy.length === 0) return { launchType: "EC2" };
  for (const { capacityProvider = "" } of strategy) {
    if (!cluster.capacityProviders.includes(capacityProvider)) {
      throw invalidParameter(
        `The specified capacity provider strategy contains a capacity provider that is not associated with the cluster: ${capacityProvider}`,
      );
    }
  }
  return { strategy };
}

/**
 * The provider of the next task: first the one whose base is not reached, then the one furthest below its weight's
 * share. `running` counts the tasks each has.
 */
export function nextProvider(
  strategy: readonly CapacityProviderStrategyItem[],
  running: Readonly<Record<string, number>>,
): string | undefined {
  const count = (name = ""): number => running[name] ?? 0;
  const based = strategy.find(({ capacityProvider, base = 0 }) => count(capacityProvider) < base);
  if (based !== undefined) return based.capacityProvider;
  const weighted = strategy.length === 1 ? strategy : strategy.filter(({ weight = 0 }) => weight > 0);
  const load = ({ capacityProvider, base = 0, weight = 1 }: CapacityProviderStrategyItem): number =>
    (count(capacityProvider) - base + 1) / (weight || 1);
  return [...weighted].sort((one, other) => load(one) - load(other))[0]?.capacityProvider;
}

export function capacityProviderOperations(arns: Arns): Record<string, Operation> {
  return {
    DescribeCapacityProviders: async ({ capacityProviders }: DescribeCapacityProvidersCommandInput) => {
      const asked = (capacityProviders ?? [...knownProviders]).map(lastPart);
      return {
        capacityProviders: asked
          .filter((name) => knownProviders.has(name))
          .map((name) => ({
            capacityProviderArn: arns.capacityProvider(name),
            name,
            status: "ACTIVE",
            tags: [],
          })),
        failures: asked
          .filter((name) => !knownProviders.has(name))
          .map((name) => ({ arn: arns.capacityProvider(name), reason: "MISSING" })),
      };
    },
  };
}
