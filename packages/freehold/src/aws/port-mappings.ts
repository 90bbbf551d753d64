import type { ContainerService } from "../app/application.ts";
import type { ContainerTemplate } from "./outputs.ts";
import { portName } from "./service-connect.ts";

/** The ports of a service's container, each with the name that Service Connect knows it by. */
export function portMappingsOf(service: ContainerService): ContainerTemplate["portMappings"] {
  if (service.type !== "web" && service.type !== "private") return [];
  return [service.port, ...service.otherPorts].map((port) => ({
    name: portName(port),
    containerPort: port,
    protocol: "tcp",
  }));
}
