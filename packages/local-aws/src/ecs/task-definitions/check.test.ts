import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";
import { checkDefinition } from "./check.ts";
import { isFargateSize, parseCpu, parseMemory } from "./fargate-sizes.ts";

const main = { name: "main", image: "nginx:1" };
const fargate: RegisterTaskDefinitionCommandInput = {
  family: "web",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  cpu: "256",
  memory: "512",
  executionRoleArn: "arn:aws:iam::123456789012:role/execution",
  containerDefinitions: [main],
};

const refused: readonly (readonly [change: Partial<RegisterTaskDefinitionCommandInput>, message: RegExp])[] =
  [
    [{ family: "a b" }, /Family/],
    [{ containerDefinitions: [] }, /cannot be empty/],
    [{ containerDefinitions: [main, main] }, /unique/],
    [{ containerDefinitions: [{ ...main, image: "" }] }, /image/],
    [{ containerDefinitions: [{ ...main, essential: false }] }, /essential/],
    [
      { containerDefinitions: [{ ...main, portMappings: [{ containerPort: 80, hostPort: 8080 }] }] },
      /must match/,
    ],
    [
      { containerDefinitions: [{ ...main, dependsOn: [{ containerName: "x", condition: "START" }] }] },
      /depends on 'x'/,
    ],
    [
      { containerDefinitions: [{ ...main, dependsOn: [{ containerName: "main", condition: "START" }] }] },
      /cyclic/,
    ],
    [{ containerDefinitions: [{ ...main, mountPoints: [{ sourceVolume: "x" }] }] }, /volume 'x'/],
    [{ containerDefinitions: [{ ...main, memory: 513 }] }, /must not exceed/],
    [{ containerDefinitions: [{ ...main, stopTimeout: 121 }] }, /120 seconds/],
    [{ containerDefinitions: [{ ...main, logConfiguration: { logDriver: "awslogs" } }] }, /awslogs-group/],
    [{ networkMode: "bridge" }, /awsvpc/],
    [{ cpu: undefined }, /task level/],
    [{ memory: "256" }, /256 CPU, 256 memory/],
    [{ cpu: "1 lot" }, /'cpu'/],
    [
      {
        executionRoleArn: undefined,
        containerDefinitions: [{ ...main, secrets: [{ name: "A", valueFrom: "b" }] }],
      },
      /executionRoleArn/,
    ],
  ];

test("a sound definition is accepted", () => {
  assert.doesNotThrow(() => checkDefinition(fargate));
  assert.doesNotThrow(() => checkDefinition({ ...fargate, cpu: ".5 vCPU", memory: "1 GB" }));
});

for (const [change, message] of refused) {
  test(`refused: ${JSON.stringify(change)}`, () => {
    assert.throws(() => checkDefinition({ ...fargate, ...change }), { code: "ClientException", message });
  });
}

test("Fargate's sizes", () => {
  const rows = [
    [256, 512, true],
    [256, 1536, false],
    [256, 2048, true],
    [512, 512, false],
    [512, 4096, true],
    [1024, 2560, false],
    [4096, 30_720, true],
    [8192, 18_432, false],
    [8192, 20_480, true],
    [16_384, 122_880, true],
    [300, 512, false],
  ] as const;
  for (const [cpu, memory, fits] of rows) assert.equal(isFargateSize(cpu, memory), fits, `${cpu} ${memory}`);
  assert.deepEqual(
    [parseCpu("1 vCPU"), parseCpu("256"), parseMemory("0.5GB"), parseMemory("3 gb")],
    [1024, 256, 512, 3072],
  );
});
