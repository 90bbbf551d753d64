import { randomUUID } from "node:crypto";
import type { Service } from "../services/service-record.ts";

const remembered = 100;

/** Adds messages, given in the order they came about, in ECS's form: `(service web) has reached a steady state.` */
export function addEvents(service: Service, messages: readonly string[], at: number): Service {
  if (messages.length === 0) return service;
  const events = messages.map((message) => ({
    id: randomUUID(),
    at,
    message: `(service ${service.name}) ${message}`,
  }));
  return { ...service, events: [...events.reverse(), ...service.events].slice(0, remembered) };
}
