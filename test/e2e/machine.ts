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

/** Names of all containers, running or not, that any local-aws of this machine has made. */
export async function localAwsContainers(): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)("docker", [
    "ps",
    "--all",
    "--filter",
    "label=local-aws",
    "--format",
    "{{.Names}}",
  ]);
  return stdout.split("\n").filter((name) => name !== "");
}
