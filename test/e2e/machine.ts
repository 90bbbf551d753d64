import { execFile } from "node:child_process";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { labelOf } from "../../packages/local-aws/src/docker/label.ts";

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

/** What Docker holds of one local-aws, as `container <name>`, `network <name>`, `volume <name>`; running or not. */
export async function dockerHoldings(folder: string): Promise<readonly string[]> {
  const { key, value } = labelOf(resolve(folder));
  const filter = ["--filter", `label=${key}=${value}`, "--format"];
  const containers = await docker("ps", "--all", ...filter, "{{.Names}}");
  return [
    ...containers.map((name) => `container ${name}`),
    ...(await docker("network", "ls", ...filter, "{{.Name}}")).map((name) => `network ${name}`),
    ...(await docker("volume", "ls", ...filter, "{{.Name}}")).map((name) => `volume ${name}`),
    ...(await unnamedVolumes(containers)).map((name) => `volume ${name}`),
  ];
}

/** Whether Docker still has something of the list above, whoever it was made for. */
export async function stillHeld(holdings: readonly string[]): Promise<readonly string[]> {
  const there = [
    ...(await docker("ps", "--all", "--format", "container {{.Names}}")),
    ...(await docker("network", "ls", "--format", "network {{.Name}}")),
    ...(await docker("volume", "ls", "--format", "volume {{.Name}}")),
  ];
  return holdings.filter((one) => there.includes(one));
}

/** Made by Docker for the `VOLUME` of an image: nothing but the container says whose they are. */
async function unnamedVolumes(containers: readonly string[]): Promise<readonly string[]> {
  if (containers.length === 0) return [];
  const format = '{{range .Mounts}}{{if eq .Type "volume"}}{{.Name}}{{"\\n"}}{{end}}{{end}}';
  return docker("inspect", "--type", "container", "--format", format, ...containers);
}

async function docker(...args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)("docker", args);
  return stdout.split("\n").filter((name) => name !== "");
}
