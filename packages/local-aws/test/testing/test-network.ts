import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { EC2 } from "@aws-sdk/client-ec2";
import type { Platform } from "../../src/platform.ts";
import { doublePlatform } from "./double-platform.ts";

const run = promisify(execFile);

/** A Docker network that stands for a VPC with two subnets, and a platform on it. */
export interface TestNetwork {
  readonly platform: Platform;
  /** Runs a client on the network; the authority's certificate is at /ca.pem. Answers what it printed. */
  client(image: string, argv: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  /** Removes everything that bears the test's label. */
  close(): Promise<void>;
}

/** The subnets of an EC2 with one VPC. */
export function twoSubnets(): EC2 {
  const subnet = (SubnetId: string, zone: string) => ({
    SubnetId,
    VpcId: "vpc-1",
    AvailabilityZone: `eu-central-1${zone}`,
  });
  const known = [subnet("subnet-1", "a"), subnet("subnet-2", "b")];
  const describeSubnets = async ({ SubnetIds = [] }: { readonly SubnetIds?: readonly string[] }) => {
    const missing = SubnetIds.find((id) => known.every(({ SubnetId }) => SubnetId !== id));
    if (missing !== undefined) throw new UnknownSubnet(`The subnet ID '${missing}' does not exist`);
    return { Subnets: known };
  };
  // The double has the one call that is made.
  return { describeSubnets } as unknown as EC2;
}

/** By its name, the error with which EC2 answers. */
class UnknownSubnet extends Error {
  override readonly name = "InvalidSubnetID.NotFound";
}

export async function openTestNetwork(): Promise<TestNetwork> {
  const label = `test-${randomUUID().slice(0, 8)}`;
  const network = `local-aws-${label}`;
  const docker = async (...args: readonly string[]): Promise<string> => (await run("docker", args)).stdout;
  await docker("network", "create", "--label", `local-aws=${label}`, network);
  const platform = await doublePlatform({
    label,
    aws: { ec2: twoSubnets() },
    networks: { forVpc: async () => network, forSubnet: async () => network, holds: async () => true },
  });
  const authority = join(platform.settings.folder, "ca.pem");
  await writeFile(authority, platform.authority.certificate);
  const ours = async (...list: readonly string[]): Promise<readonly string[]> =>
    (await docker(...list, "--quiet", "--filter", `label=local-aws=${label}`))
      .split("\n")
      .filter((id) => id !== "");
  return {
    platform,
    client: async (image, argv, env = {}) => {
      const variables = Object.entries(env).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
      const mount = ["--volume", `${authority}:/ca.pem:ro`];
      const [command = "", ...rest] = argv;
      return docker(
        "run",
        "--rm",
        "--network",
        network,
        ...mount,
        ...variables,
        "--entrypoint",
        command,
        image,
        ...rest,
      );
    },
    close: async () => {
      for (const id of await ours("ps", "--all")) await docker("rm", "--force", "--volumes", id);
      for (const id of await ours("volume", "ls")) await docker("volume", "rm", "--force", id);
      await docker("network", "rm", network);
    },
  };
}

/** Asks again until the answer is as wanted. */
export async function eventually<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer) || Date.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
