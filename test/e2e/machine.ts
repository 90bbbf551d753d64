import { execFile } from "node:child_process";
import { createServer } from "node:net";
import { promisify } from "node:util";

/** A loopback port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Names of the containers, running or not, that belong to the local-aws instance of a folder. */
export async function containersOf(folder: string): Promise<readonly string[]> {
  const filter = ["--all", "--filter", `label=local-aws.folder=${folder}`, "--format", "{{.Names}}"];
  const { stdout } = await promisify(execFile)("docker", ["ps", ...filter]);
  return stdout.split("\n").filter((name) => name !== "");
}
