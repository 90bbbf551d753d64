import type {
  CreateMonitoringSubscriptionCommandInput,
  GetMonitoringSubscriptionCommandInput,
} from "@aws-sdk/client-cloudfront";
import { type Operation, ServiceError } from "../service.ts";
import type { Holdings } from "./holdings.ts";

/** Whether a distribution sends additional metrics; kept, not sent. */
export function monitoringOperations({ distributions, monitoring }: Holdings): Record<string, Operation> {
  const shown = (status: string) => ({
    MonitoringSubscription: {
      RealtimeMetricsSubscriptionConfig: { RealtimeMetricsSubscriptionStatus: status },
    },
  });
  return {
    CreateMonitoringSubscription: async (input: CreateMonitoringSubscriptionCommandInput) => {
      const { id } = distributions.get(input.DistributionId);
      const { RealtimeMetricsSubscriptionConfig: config } = input.MonitoringSubscription ?? {};
      const status = config?.RealtimeMetricsSubscriptionStatus ?? "Disabled";
      await monitoring.update((all) => ({ ...all, [id]: status }));
      return shown(status);
    },
    GetMonitoringSubscription: async ({ DistributionId }: GetMonitoringSubscriptionCommandInput) => {
      const status = monitoring.get()[distributions.get(DistributionId).id];
      if (status === undefined) {
        throw new ServiceError(
          "NoSuchMonitoringSubscription",
          "A monitoring subscription does not exist.",
          404,
        );
      }
      return shown(status);
    },
    DeleteMonitoringSubscription: async ({ DistributionId }: GetMonitoringSubscriptionCommandInput) => {
      const { id } = distributions.get(DistributionId);
      await monitoring.update((all) => Object.fromEntries(Object.entries(all).filter(([key]) => key !== id)));
      return {};
    },
  };
}
