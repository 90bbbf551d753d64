import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAuthority } from "../../src/certificates/authority.ts";
import { createEngine } from "../../src/docker-engine/engine.ts";
import type { Authority, AwsClients, Clock, Networks, Platform, Store } from "../../src/platform.ts";
import type { Call, OwnService } from "../../src/service.ts";
import { systemClock } from "../../src/store/clock.ts";
import { testSettings } from "./test-settings.ts";

interface Double {
  readonly clock?: Clock;
  readonly port?: number;
  readonly aws?: Partial<AwsClients>;
  readonly networks?: Networks;
  readonly stores?: Map<string, unknown>;
  readonly label?: string;
}

/** A platform for tests: temporary folder, stores in memory, and only those AWS clients the test gives. */
export async function doublePlatform(double: Double = {}): Promise<Platform> {
  const folder = await mkdtemp(join(tmpdir(), "local-aws-"));
  const { port = 4566, stores = new Map(), label = "test" } = double;
  return {
    settings: testSettings(folder, {
      port,
      accountId: "000000000000",
      region: "eu-central-1",
      label: { key: "local-aws", value: label },
    }),
    docker: createEngine({ kind: "socket", socketPath: "/var/run/docker.sock" }),
    aws: awsDouble(double.aws ?? {}),
    networks: double.networks ?? {
      forVpc: async (vpc) => vpc,
      forSubnet: async (subnet) => subnet,
      holds: async () => true,
    },
    authority: await sharedAuthority(),
    clock: double.clock ?? systemClock(),
    log: { info: () => {}, warn: () => {} },
    store: async <T>(name: string, initial: T) => memoryStore(stores, name, initial),
  };
}

let authority: Promise<Authority> | undefined;

/** One for all platforms of a process, since keys take long to make. It is kept nowhere. */
function sharedAuthority(): Promise<Authority> {
  authority ??= openAuthority(join(tmpdir(), "kept-nowhere"), async () => {});
  return authority;
}

/** Restarts see what an earlier service kept in the same map. */
function memoryStore<T>(stores: Map<string, unknown>, name: string, initial: T): Store<T> {
  // The map holds what this store wrote under its own name.
  const get = (): T => structuredClone((stores.get(name) ?? initial) as T);
  return {
    get,
    update: async (change) => {
      stores.set(name, structuredClone(change(get())));
      return get();
    },
  };
}

function awsDouble(given: Partial<AwsClients>): AwsClients {
  const missing = (name: string): never => {
    throw new RangeError(`this test gives no client for ${name}`);
  };
  // A test names the clients it needs; asking for another fails it.
  return new Proxy(given, {
    get: (target, name) => Reflect.get(target, name) ?? missing(String(name)),
  }) as AwsClients;
}

/** Calls operations as the front door would after decoding. */
export function caller(service: OwnService) {
  return async <T>(operation: string, input: unknown = {}): Promise<T> => {
    const call: Call = {
      service: service.model,
      operation,
      accountId: "000000000000",
      region: "eu-central-1",
      accessKeyId: "test",
      requestId: "request",
    };
    const run = service.operations[operation];
    if (run === undefined) throw new RangeError(`${service.model} has no operation ${operation}`);
    // The test names the SDK's shape, and asserts what it reads.
    return (await run(input, call)) as T;
  };
}
