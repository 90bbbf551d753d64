import type { Service, Size } from "../../app/application.ts";
import { isConnected, isRunning } from "../../app/calls.ts";
import { fargateSize, proxySize } from "../../app/sizes.ts";

/** The services with room for the proxy in the tasks that get one. */
export function withProxies(services: readonly Service[]): readonly Service[] {
  return services.map((service) =>
    isRunning(service) && isConnected(services, service)
      ? { ...service, size: besideProxy(service.size) }
      : service,
  );
}

/** Of the largest size the application and the proxy have what there is. */
function besideProxy(size: Size): Size {
  const { cpu, memory } = size;
  return fargateSize({ cpu: cpu + proxySize.cpu, memory: memory + proxySize.memory }) ?? size;
}
