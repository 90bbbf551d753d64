import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket, WebSocketServer } from "ws";
import type { Clock, Store } from "../platform.ts";
import type { Action, Configuration, TargetGroup } from "./configuration.ts";
import type { Answer, Ask } from "./exchange.ts";
import type { Probe } from "./health.ts";
import { createRouter, type Router } from "./router.ts";
import { createTargets, type Registrations, type Targets } from "./targets.ts";
import { receiveUpgrade } from "./tunnel.ts";

const clock: Clock = {
  now: () => new Date(),
  at: (when, run) => {
    const timer = setTimeout(run, when.getTime() - Date.now());
    return () => clearTimeout(timer);
  },
  sleep,
};

const group: TargetGroup = {
  arn: "group",
  targetType: "ip",
  protocol: "HTTP",
  port: 80,
  deregistrationSeconds: 0.3,
  inUse: true,
  healthCheck: {
    protocol: "HTTP",
    path: "/",
    intervalSeconds: 0.02,
    timeoutSeconds: 1,
    healthyThreshold: 1,
    unhealthyThreshold: 1,
    matcher: "200",
  },
};

function configurationWith(action: Action, idleSeconds = 60): Configuration {
  const rule = { arn: "rule", conditions: [], action };
  const listener = { arn: "listener", port: 80, protocol: "HTTP", rules: [rule] };
  return {
    balancers: [
      { arn: "balancer", dnsName: "b.example", internal: true, idleSeconds, listeners: [listener] },
    ],
    groups: new Map([[group.arn, group]]),
  };
}

const forward: Action = { kind: "forward", groups: [{ arn: "group", weight: 1 }] };

interface Bench {
  readonly router: Router;
  readonly targets: Targets;
  readonly probes: Map<number, Probe>;
}

function bench(t: TestContext, configuration: Configuration): Bench {
  let kept: Registrations = {};
  const store: Store<Registrations> = { get: () => kept, update: async (change) => (kept = change(kept)) };
  const probes = new Map<number, Probe>();
  const targets = createTargets(
    store,
    clock,
    async (_check, _host, port) => probes.get(port) ?? { passed: true },
  );
  targets.follow(configuration);
  t.after(() => targets.stop());
  const read = async () => configuration;
  const cache = { current: read, latest: read, last: () => configuration, changing: () => undefined };
  const router = createRouter(cache, targets, {
    log: { info: () => undefined, warn: () => undefined },
    holds: async (address) => address === "127.0.0.1",
  });
  return { router, targets, probes };
}

async function serve(
  t: TestContext,
  answer: RequestListener,
  equip: (server: Server) => void = () => undefined,
): Promise<number> {
  const server: Server = createServer(answer);
  equip(server);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  assert.ok(isAddress(address));
  return address.port;
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}

function ask(target: string, more: Partial<Ask> = {}): Ask {
  const headers = [["Host", "shop.example"]] as const;
  return { method: "GET", target, headers, peer: "9.9.9.9", gone: new AbortController().signal, ...more };
}

async function get(
  { router }: Bench,
  target: string,
  more: Partial<Ask> = {},
): Promise<Answer & { said: string }> {
  const answer = await router.ask({ balancer: "balancer", port: 80 }, ask(target, more));
  return { ...answer, said: await text(answer.body) };
}

const at = (port: number) => ({ id: "127.0.0.1", port });

test("requests go round the healthy targets, with the forwarding headers", async (t) => {
  const on = bench(t, configurationWith(forward));
  const seen: string[] = [];
  for (const name of ["one", "two"]) {
    const port = await serve(t, (request, response) => {
      seen.push(
        `${request.headers.host} ${request.headers["x-forwarded-for"]} ${request.headers["x-forwarded-proto"]}`,
      );
      response.end(name);
    });
    await on.targets.register(group, [at(port)]);
  }
  await sleep(10);
  const said = [await get(on, "/"), await get(on, "/"), await get(on, "/")].map((answer) => answer.said);
  assert.deepEqual(said, ["one", "two", "one"]);
  assert.equal(seen[0], "shop.example 9.9.9.9 http");
});

test("an unhealthy target gets nothing while another is healthy, and all get something when none is", async (t) => {
  const on = bench(t, configurationWith(forward));
  const good = await serve(t, (_, response) => response.end("good"));
  const bad = await serve(t, (_, response) => response.end("bad"));
  on.probes.set(bad, { passed: false, reason: "Target.Timeout" });
  await on.targets.register(group, [at(good), at(bad)]);
  await sleep(10);
  assert.deepEqual([(await get(on, "/")).said, (await get(on, "/")).said], ["good", "good"]);
  on.probes.set(good, { passed: false, reason: "Target.Timeout" });
  await sleep(60);
  const said = new Set([(await get(on, "/")).said, (await get(on, "/")).said]);
  assert.deepEqual(said, new Set(["good", "bad"]));
});

test("no target: 503; nobody at its port: 502; too slow: 504; no listener: a failure", async (t) => {
  const on = bench(t, configurationWith(forward, 0.1));
  assert.equal((await get(on, "/")).status, 503);
  await on.targets.register(group, [at(1)]);
  assert.equal((await get(on, "/")).status, 502);
  await on.targets.deregister(group, [at(1)]);
  const slow = await serve(t, () => undefined);
  await on.targets.register(group, [at(slow)]);
  assert.equal((await get(on, "/")).status, 504);
  await assert.rejects(on.router.ask({ balancer: "balancer", port: 81 }, ask("/")), { name: "SendFailure" });
});

test("a draining target finishes what it has, gets nothing new, and is cut off at the end of the delay", async (t) => {
  const on = bench(t, configurationWith(forward));
  const old = await serve(t, (request, response) => {
    response.write("old ");
    if (request.url === "/quick") setTimeout(() => response.end("done"), 100);
  });
  await on.targets.register(group, [at(old)]);
  await sleep(10);
  const quick = get(on, "/quick");
  const endless = get(on, "/endless");
  await sleep(30);
  await on.targets.deregister(group, [at(old)]);
  assert.equal((await get(on, "/new")).status, 503);
  assert.equal(on.targets.of("group")[0]?.phase.state, "draining");
  assert.equal((await quick).said, "old done");
  await assert.rejects(endless);
  assert.deepEqual(on.targets.of("group"), []);
});

test("no request is lost while targets come, drain and die under load", async (t) => {
  const on = bench(t, configurationWith(forward));
  const dying: (() => void)[] = [];
  const replace = async (before: number | undefined): Promise<number> => {
    const sockets = new Set<Socket>();
    const port = await serve(t, (request, response) => {
      sockets.add(request.socket);
      setTimeout(() => response.end("ok"), 5);
    });
    await on.targets.register(group, [at(port)]);
    await sleep(30);
    if (before !== undefined) await on.targets.deregister(group, [at(before)]);
    await sleep(group.deregistrationSeconds * 1000 + 20);
    dying.shift()?.();
    dying.push(() => sockets.forEach((socket) => void socket.resetAndDestroy()));
    return port;
  };
  const statuses: number[] = [];
  let changing = true;
  const load = async (): Promise<void> => {
    while (changing) statuses.push((await get(on, "/")).status);
  };
  let port = await replace(undefined);
  const loads = [load(), load(), load()];
  for (let turn = 1; turn <= 3; turn += 1) {
    port = await replace(port);
    while (statuses.length < turn * 40) statuses.push((await get(on, "/")).status);
  }
  changing = false;
  await Promise.all(loads);
  assert.deepEqual(new Set(statuses), new Set([200]));
});

test("a connection that its target has closed is not used again, however short the time ago", async (t) => {
  const on = bench(t, configurationWith(forward));
  const used = new Set<Socket>();
  const port = await serve(t, (request, response) => {
    used.add(request.socket);
    response.end("ok");
  });
  await on.targets.register(group, [at(port)]);
  for (let turn = 1; turn <= 20; turn += 1) {
    const { status } = await get(on, "/", { method: "DELETE" });
    assert.deepEqual([status, used.size], [200, turn]);
    for (const socket of used) socket.destroy();
  }
});

test("a connection that its target closes while it is asked costs the request: nothing is sent twice", async (t) => {
  const on = bench(t, configurationWith(forward));
  const used = new Set<Socket>();
  let requests = 0;
  const port = await serve(t, (request, response) => {
    requests += 1;
    if (used.has(request.socket)) return request.socket.resetAndDestroy();
    used.add(request.socket);
    return response.end("ok");
  });
  await on.targets.register(group, [at(port)]);
  assert.deepEqual([(await get(on, "/")).status, (await get(on, "/")).status], [200, 502]);
  assert.deepEqual([requests, used.size], [2, 1]);
});

test("the connections of a target are closed at the end of its delay", async (t) => {
  const on = bench(t, configurationWith(forward));
  const closed = Promise.withResolvers<number>();
  let left = 0;
  const port = await serve(t, (request, response) => {
    request.socket.once("close", () => closed.resolve(performance.now() - left));
    response.end("ok");
  });
  await on.targets.register(group, [at(port)]);
  await get(on, "/");
  left = performance.now();
  await on.targets.deregister(group, [at(port)]);
  const after = await closed.promise;
  assert.ok(after >= group.deregistrationSeconds * 1000 - 5, `${after} ms`);
});

test("a WebSocket and a streamed answer go on while their target drains, until the delay is over", async (t) => {
  const on = bench(t, configurationWith(forward));
  const port = await serve(
    t,
    (_, response) => {
      const ticking = setInterval(() => response.write("."), 20);
      response.once("close", () => clearInterval(ticking));
    },
    (server) => {
      const sockets = new WebSocketServer({ server });
      sockets.on("connection", (socket) => socket.on("message", (said) => socket.send(`heard ${said}`)));
    },
  );
  await on.targets.register(group, [at(port)]);
  const front = await serve(
    t,
    () => undefined,
    (server) =>
      server.on("upgrade", (request, socket, head) => {
        void on.router.upgrade({ balancer: "balancer", port: 80 }, receiveUpgrade(request, socket, head));
      }),
  );
  const socket = new WebSocket(`ws://127.0.0.1:${front}/`);
  await once(socket, "open");
  const closed = once(socket, "close").then(() => performance.now());
  const stream = await on.router.ask({ balancer: "balancer", port: 80 }, ask("/"));
  const broken = text(stream.body).then(
    () => Number.NaN,
    () => performance.now(),
  );

  // A clock of our own, which a busy machine makes late as well.
  const due = sleep(group.deregistrationSeconds * 1000).then(() => performance.now());
  await on.targets.deregister(group, [at(port)]);
  await sleep(group.deregistrationSeconds * 500);
  socket.send("hello");
  const [heard] = await once(socket, "message");
  assert.equal(String(heard), "heard hello");
  for (const end of [await closed, await broken]) {
    const late = end - (await due);
    assert.ok(late > -100 && late < 500, `ended ${late} ms after the delay`);
  }
});

test("bodies stream to the target and back", async (t) => {
  const on = bench(t, configurationWith(forward));
  const port = await serve(t, (request, response) => request.pipe(response.writeHead(201)));
  await on.targets.register(group, [at(port)]);
  const answer = await get(on, "/", { method: "POST", body: Readable.from(["a", "b", "c"]) });
  assert.deepEqual([answer.status, answer.said], [201, "abc"]);
});

test("fixed responses and redirects are answered by the load balancer itself", async (t) => {
  const fixed = bench(
    t,
    configurationWith({ kind: "fixed-response", status: 404, contentType: "text/plain", body: "no" }),
  );
  const answer = await get(fixed, "/");
  assert.deepEqual([answer.status, answer.said], [404, "no"]);
  const away = bench(
    t,
    configurationWith({
      kind: "redirect",
      status: 301,
      protocol: "HTTPS",
      host: "#{host}",
      port: "443",
      path: "/#{path}",
      query: "#{query}",
    }),
  );
  const { status, headers } = await get(away, "/a/b?c=d");
  assert.deepEqual([status, new Map(headers).get("Location")], [301, "https://shop.example/a/b?c=d"]);
});

test("a target that is no container's address is not connected to", async (t) => {
  const on = bench(t, configurationWith(forward));
  let reached = 0;
  const port = await serve(t, (_request, response) => {
    reached += 1;
    response.end();
  });
  await on.targets.register(group, [{ id: "127.0.0.2", port }]);
  assert.equal((await get(on, "/")).status, 502);
  assert.equal(reached, 0);
});
