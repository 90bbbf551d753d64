import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Database } from "../app/application.ts";
import { commandConfiguration } from "../ports/terraform-mirror.ts";
import { renderStack } from "../terraform/render.ts";
import type { Stack } from "../terraform/stack.ts";
import { shopCollectionStack, shopEnvironment, shopEnvironmentStack } from "./testing/shop.ts";
import { preview, production, withoutServices, withResource } from "./testing/vary.ts";

const configuration = await commandConfiguration(process.env["TF_CLI_CONFIG_FILE"]);
const folder = mkdtempSync(join(tmpdir(), "freehold-validate-"));
after(() => rmSync(folder, { recursive: true }));

const stacks: Readonly<Record<string, Stack>> = {
  collection: shopCollectionStack(),
  staging: shopEnvironmentStack(),
  preview: shopEnvironmentStack(preview),
  production: shopEnvironmentStack(production),
  MariaDB: shopEnvironmentStack(withResource<Database>("db", { engine: "mariadb", version: "11.8" })),
  "site alone": shopEnvironmentStack({ ...withoutServices("api", "worker", "report"), resources: [] }),
  "worker alone": shopEnvironmentStack(withoutServices("api", "web", "report")),
  "nothing at all": shopEnvironmentStack({ ...shopEnvironment, services: [], resources: [] }),
};

let isReady = false;

for (const [name, stack] of Object.entries(stacks)) {
  test(`terraform takes ${name}`, () => {
    writeFileSync(join(folder, "main.tf.json"), renderStack(stack));
    if (!isReady) terraform("init", "-backend=false", "-input=false", "-no-color");
    isReady = true;
    terraform("validate", "-no-color");
  });
}

function terraform(...args: readonly string[]): void {
  const env = { ...process.env, TF_CLI_CONFIG_FILE: configuration };
  execFileSync("terraform", [`-chdir=${folder}`, ...args], { env, stdio: ["ignore", "ignore", "inherit"] });
}
