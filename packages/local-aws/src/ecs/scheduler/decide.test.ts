import assert from "node:assert/strict";
import { test } from "node:test";
import type { Service } from "../services/service-record.ts";
import { deployment, service, sightings } from "../testing/records.ts";
import { decide } from "./decide.ts";

const fresh = deployment("new");
const old = deployment("old", { status: "ACTIVE", rolloutState: "COMPLETED", completed: true });
const both = [fresh, old];
const only = [deployment("new", { rolloutState: "COMPLETED", completed: true })];
const percents = (minimumHealthyPercent: number, maximumPercent: number, rest: Partial<Service> = {}) => ({
  deploymentConfiguration: { minimumHealthyPercent, maximumPercent },
  ...rest,
});

interface Row {
  readonly says: string;
  readonly service: Service;
  readonly tasks: readonly string[];
  readonly launch: number;
  readonly stop: readonly string[];
}

const rows: readonly Row[] = [
  { says: "starts what is missing", service: service([fresh]), tasks: [], launch: 2, stop: [] },
  { says: "counts what starts", service: service([fresh]), tasks: ["new:starting"], launch: 1, stop: [] },
  {
    says: "starts new tasks beside the old",
    service: service(both),
    tasks: ["old:healthy", "old:healthy"],
    launch: 2,
    stop: [],
  },
  {
    says: "keeps the old until the new are healthy",
    service: service(both),
    tasks: ["old:healthy", "old:healthy", "new:settling", "new:starting"],
    launch: 0,
    stop: [],
  },
  {
    says: "stops an old one for each new one that is healthy",
    service: service(both),
    tasks: ["old:healthy", "old:healthy", "new:healthy", "new:settling"],
    launch: 0,
    stop: ["old-0"],
  },
  {
    says: "stops what has not become healthy of the old at once",
    service: service(both),
    tasks: ["old:healthy", "old:starting"],
    launch: 2,
    stop: ["old-1"],
  },
  {
    says: "never passes the maximum",
    service: service(both, percents(50, 150)),
    tasks: ["old:healthy", "old:healthy"],
    launch: 1,
    stop: ["old-0"],
  },
  {
    says: "stops first where there is no headroom",
    service: service(both, percents(0, 100, { desiredCount: 1 })),
    tasks: ["old:healthy"],
    launch: 0,
    stop: ["old-0"],
  },
  {
    says: "without headroom waits until the old one is gone",
    service: service(both, percents(0, 100, { desiredCount: 1 })),
    tasks: ["old:stopping"],
    launch: 0,
    stop: [],
  },
  {
    says: "without headroom waits for the unhealthy one it dismisses",
    service: service(only, percents(0, 100, { desiredCount: 1 })),
    tasks: ["new:unhealthy"],
    launch: 0,
    stop: ["new-0"],
  },
  {
    says: "with headroom does not wait for what stops",
    service: service([fresh], { desiredCount: 1 }),
    tasks: ["new:stopping"],
    launch: 1,
    stop: [],
  },
  {
    says: "scales in, the least useful first",
    service: service(only, { desiredCount: 1 }),
    tasks: ["new:healthy", "new:starting", "new:healthy"],
    launch: 0,
    stop: ["new-1", "new-0"],
  },
  {
    says: "stops all at count 0",
    service: service(only, { desiredCount: 0 }),
    tasks: ["new:healthy"],
    launch: 0,
    stop: ["new-0"],
  },
  {
    says: "starts another for an unhealthy one, which serves on",
    service: service(only),
    tasks: ["new:healthy", "new:unhealthy"],
    launch: 1,
    stop: [],
  },
  {
    says: "waits for the one it has started for an unhealthy one",
    service: service(only),
    tasks: ["new:healthy", "new:unhealthy", "new:settling"],
    launch: 0,
    stop: [],
  },
  {
    says: "stops the unhealthy one once it is replaced",
    service: service(only),
    tasks: ["new:healthy", "new:unhealthy", "new:healthy"],
    launch: 0,
    stop: ["new-1"],
  },
  {
    says: "stops an unhealthy one to make room where there is none",
    service: service(both, { desiredCount: 1 }),
    tasks: ["old:healthy", "new:unhealthy"],
    launch: 0,
    stop: ["new-1"],
  },
  {
    says: "keeps unhealthy old ones until the new are healthy",
    service: service(both),
    tasks: ["old:unhealthy", "old:healthy"],
    launch: 2,
    stop: [],
  },
  {
    says: "stops the unhealthy old one first",
    service: service(both),
    tasks: ["old:healthy", "old:unhealthy", "new:healthy", "new:settling"],
    launch: 0,
    stop: ["old-1"],
  },
  {
    says: "waits after a failure",
    service: service([deployment("new", { streak: 1, lastFailureAt: 9500 })]),
    tasks: [],
    launch: 0,
    stop: [],
  },
  {
    says: "goes on after the wait",
    service: service([deployment("new", { streak: 1, lastFailureAt: 9000 })]),
    tasks: [],
    launch: 2,
    stop: [],
  },
  {
    says: "starts nothing of a failed deployment",
    service: service([deployment("new", { rolloutState: "FAILED" })]),
    tasks: [],
    launch: 0,
    stop: [],
  },
  {
    says: "drains a deleted service",
    service: service(only, { status: "DRAINING", desiredCount: 0 }),
    tasks: ["new:healthy", "new:stopping"],
    launch: 0,
    stop: ["new-0"],
  },
];

for (const row of rows) {
  test(`the scheduler ${row.says}`, () => {
    const { launch, stops } = decide(row.service, sightings(...row.tasks), 10_000);
    assert.deepEqual(
      { launch, stop: stops.map(({ taskArn }) => taskArn) },
      { launch: row.launch, stop: row.stop },
    );
  });
}

test("a deployment completes when it alone has tasks, and says so once", () => {
  const before = service(both);
  const waiting = decide(before, sightings("new:healthy", "new:healthy", "old:stopping"), 10_000);
  assert.equal(waiting.service.deployments[0]?.rolloutState, "IN_PROGRESS");
  const done = decide(before, sightings("new:healthy", "new:healthy"), 10_000);
  assert.deepEqual(
    done.service.deployments.map(({ id, rolloutState, completed }) => ({ id, rolloutState, completed })),
    [{ id: "new", rolloutState: "COMPLETED", completed: true }],
  );
  assert.deepEqual(done.messages, ["(deployment new) deployment completed.", "has reached a steady state."]);
  const again = decide(done.service, sightings("new:healthy", "new:healthy"), 11_000);
  assert.deepEqual([again.service === done.service, again.messages], [true, []]);
});

test("a service at count 0 is complete at once", () => {
  const { service: after } = decide(service([fresh], { desiredCount: 0 }), [], 10_000);
  assert.equal(after.deployments[0]?.rolloutState, "COMPLETED");
});

test("a deleted service is INACTIVE when its last task has stopped", () => {
  assert.equal(decide(service(only, { status: "DRAINING" }), [], 10_000).service.status, "INACTIVE");
});
