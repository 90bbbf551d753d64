import assert from "node:assert/strict";
import { test } from "node:test";
import type { IpPermission } from "@aws-sdk/client-ec2";
import { systemClock } from "../../store/clock.ts";
import type { Task } from "../tasks/task.ts";
import { createAdmission } from "./admission.ts";

const fromCaller = {
  IpProtocol: "tcp",
  FromPort: 8000,
  ToPort: 8000,
  UserIdGroupPairs: [{ GroupId: "caller" }],
};

const rows: readonly (readonly [string, readonly IpPermission[], boolean])[] = [
  ["no rule", [], false],
  ["a rule for the caller's group", [fromCaller], true],
  ["a rule for another port", [{ ...fromCaller, FromPort: 9000, ToPort: 9000 }], false],
  ["a rule for another group", [{ ...fromCaller, UserIdGroupPairs: [{ GroupId: "other" }] }], false],
  ["a rule for another protocol", [{ ...fromCaller, IpProtocol: "udp" }], false],
  ["a rule for all protocols", [{ IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: "caller" }] }], true],
  ["a range", [{ IpProtocol: "tcp", FromPort: 1, ToPort: 9000, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }], true],
];

function task(...securityGroups: string[]): Task {
  // As far as admission looks at one.
  return { network: { securityGroups } } as unknown as Task;
}

for (const [what, rules, isAdmitted] of rows) {
  test(`${what}: ${isAdmitted ? "let in" : "refused"}`, async () => {
    const describeSecurityGroups = async () => ({
      $metadata: {},
      SecurityGroups: [{ IpPermissions: [...rules] }],
    });
    const ec2 = { describeSecurityGroups } as unknown as Parameters<typeof createAdmission>[0]["ec2"];
    const admission = createAdmission({ ec2 }, systemClock());
    assert.equal(
      await admission(task("caller"), { task: task("callee"), address: "", port: 8000 }),
      isAdmitted,
    );
    assert.equal(await admission(task(), { task: task("callee"), address: "", port: 8000 }), true);
  });
}
