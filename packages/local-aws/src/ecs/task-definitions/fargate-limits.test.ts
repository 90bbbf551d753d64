import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerDefinition, RegisterTaskDefinitionCommandInput, Volume } from "@aws-sdk/client-ecs";
import { checkDefinition } from "./check.ts";

const main: ContainerDefinition = { name: "main", image: "nginx:1" };
const base: RegisterTaskDefinitionCommandInput = {
  family: "web",
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  containerDefinitions: [main],
};
const compatibilities = [undefined, ["EC2"], ["EXTERNAL"], ["MANAGED_INSTANCES"], ["FARGATE"]] as const;

const ofContainer = (change: Partial<ContainerDefinition>) => ({
  containerDefinitions: [{ ...main, ...change }],
});
const ofLinux = (linuxParameters: ContainerDefinition["linuxParameters"]) => ofContainer({ linuxParameters });
const ofVolume = (volume: Volume) => ({ volumes: [{ name: "v", ...volume }] });

/** Beyond Fargate: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html. */
const refused: readonly (readonly [Partial<RegisterTaskDefinitionCommandInput>, RegExp])[] = [
  [{ ipcMode: "host" }, /ipcMode/],
  [{ ipcMode: "task" }, /ipcMode/],
  [{ pidMode: "host" }, /pidMode 'host'/],
  [{ networkMode: "host" }, /network mode/],
  [{ placementConstraints: [{ type: "memberOf", expression: "x" }] }, /placementConstraints/],
  [ofVolume({ host: { sourcePath: "/" } }), /sourcePath for volumes \(volume 'v'\)/],
  [ofVolume({ dockerVolumeConfiguration: { driver: "local" } }), /dockerVolumeConfiguration/],
  [ofContainer({ privileged: true }), /privileged \(container 'main'\)/],
  [ofContainer({ disableNetworking: true }), /disableNetworking/],
  [ofContainer({ dnsServers: ["1.1.1.1"] }), /dnsServers/],
  [ofContainer({ dnsSearchDomains: ["x"] }), /dnsSearchDomains/],
  [ofContainer({ dockerSecurityOptions: ["apparmor:unconfined"] }), /dockerSecurityOptions/],
  [ofContainer({ extraHosts: [{ hostname: "x", ipAddress: "127.0.0.1" }] }), /extraHosts/],
  [ofContainer({ links: ["x"] }), /links/],
  [ofContainer({ resourceRequirements: [{ type: "GPU", value: "1" }] }), /resourceRequirements/],
  [ofContainer({ systemControls: [{ namespace: "kernel.msgmax", value: "1" }] }), /systemControls/],
  [ofContainer({ volumesFrom: [{ sourceContainer: "other" }] }), /volumesFrom/],
  [ofContainer({ image: "--privileged" }), /image/],
  [ofContainer({ image: "-v/:/host" }), /image/],
  [ofContainer({ image: "a b" }), /image/],
  [ofContainer({ ulimits: [{ name: "rubbish" as "core", softLimit: 1, hardLimit: 1 }] }), /ulimit/],
  [ofContainer({ ulimits: [{ name: "nofile", softLimit: 2, hardLimit: 1 }] }), /soft limit/],
  [ofLinux({ devices: [{ hostPath: "/dev/sda" }] }), /devices/],
  [ofLinux({ sharedMemorySize: 64 }), /sharedMemorySize/],
  [ofLinux({ maxSwap: 0 }), /maxSwap/],
  [ofLinux({ swappiness: 60 }), /swappiness/],
  [ofLinux({ tmpfs: [{ containerPath: "run", size: 1 }] }), /absolute/],
  [
    ofLinux({ tmpfs: [{ containerPath: "/run", size: 1, mountOptions: ["mode=1777,size=9g"] }] }),
    /mount option/,
  ],
  [ofLinux({ tmpfs: [{ containerPath: "/run", size: 1, mountOptions: ["rubbish"] }] }), /mount option/],
  ...["ALL", "SYS_ADMIN", "DAC_READ_SEARCH", "NET_ADMIN", "CAP_SYS_ADMIN", "sys_admin"].map(
    (one) => [ofLinux({ capabilities: { add: ["SYS_PTRACE", one] } }), /other than SYS_PTRACE/] as const,
  ),
];

for (const [change, message] of refused) {
  test(`refused on every capacity: ${JSON.stringify(change)}`, () => {
    for (const requiresCompatibilities of compatibilities) {
      const input = {
        ...base,
        ...change,
        requiresCompatibilities: requiresCompatibilities && [...requiresCompatibilities],
      };
      if (change.networkMode === "host" && requiresCompatibilities?.[0] === "FARGATE") continue;
      assert.throws(() => checkDefinition(input), { code: "ClientException", message });
    }
  });
}

const accepted: readonly Partial<RegisterTaskDefinitionCommandInput>[] = [
  { pidMode: "task" },
  ofVolume({ host: {} }),
  ofVolume({ efsVolumeConfiguration: { fileSystemId: "fs-1" } }),
  ofContainer({ image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/a/b@sha256:0123456789abcdef" }),
  ofContainer({ image: "127.0.0.1:5000/A_b:v1.2-x" }),
  ofContainer({ systemControls: [{ namespace: "net.core.somaxconn", value: "1024" }] }),
  ofContainer({ ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 65535 }] }),
  ofLinux({ initProcessEnabled: true, capabilities: { add: ["SYS_PTRACE"], drop: ["ALL"] } }),
  ofLinux({
    tmpfs: [{ containerPath: "/run", size: 64, mountOptions: ["rw", "noexec", "mode=1777", "uid=1000"] }],
  }),
];

for (const change of accepted) {
  test(`accepted: ${JSON.stringify(change)}`, () => {
    assert.doesNotThrow(() => checkDefinition({ ...base, ...change }));
  });
}
