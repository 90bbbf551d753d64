import type { Call, RunningService, Service } from "./application.ts";

/** Whether ECS keeps it running. Only such tasks have Service Connect; crons, jobs and one-off tasks have the private DNS. */
export function isRunning(service: Service): service is RunningService {
  return isRunningType(service.type);
}

export function isRunningType(type: string): boolean {
  return type === "web" || type === "private" || type === "worker";
}

/** Whether a service's tasks get the proxy of Service Connect: they call another service, or another service calls them. */
export function isConnected(services: readonly Service[], service: RunningService): boolean {
  return service.calls.length > 0 || connectedPorts(services, service.name).length > 0;
}

/** Ports at which running services call this one, lowest first. */
export function connectedPorts(services: readonly Service[], name: string): readonly number[] {
  return portsOf(services.filter(isRunning), name);
}

/** Whether anything of the application calls this service. */
export function isCalled(services: readonly Service[], name: string): boolean {
  const callers = services.filter((one) => one.type !== "site");
  return portsOf(callers, name).length > 0;
}

function portsOf(callers: readonly { readonly calls: readonly Call[] }[], name: string): readonly number[] {
  const ports = callers.flatMap(({ calls }) => calls).filter(({ service }) => service === name);
  return [...new Set(ports.map(({ port }) => port))].sort((a, b) => a - b);
}

/** The zone of an environment's private DNS: `dev.shop.internal`. Names of the file may hold what host names may not. */
export function privateZone(application: string, environment: string): string {
  return `${environment}.${application.replaceAll("_", "-").replace(/(?<!-)-+$/, "")}.internal`.toLowerCase();
}

/** A service's own name in that zone; what is a valid name in Cloud Map is one here. */
export function privateLabel(service: string): string {
  return service.toLowerCase();
}

/** `api.dev.shop.internal`: what the VPC knows a service by. */
export function privateName(application: string, environment: string, service: string): string {
  return `${privateLabel(service)}.${privateZone(application, environment)}`;
}
