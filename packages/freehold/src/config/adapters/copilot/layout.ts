/** What a file of a workspace is for, told by where it lies (https://aws.github.io/copilot-cli/docs/developing/overview/). */
export type Role =
  | { readonly kind: "workspace" }
  | { readonly kind: "workload"; readonly name: string }
  | { readonly kind: "environment"; readonly name: string }
  | { readonly kind: "pipeline"; readonly name: string }
  | { readonly kind: "addon"; readonly service?: string }
  | { readonly kind: "left alone"; readonly why: string };

const patched = "it changes what Copilot renders; write what it asks for as a setting where there is one";

/** @param name of the file, from the project's folder: `copilot/api/manifest.yml`. */
export function roleOf(name: string): Role {
  const path = name.replace(/^copilot\//, "");
  const steps = path.split("/");
  const [first = "", second = "", third = ""] = steps;
  const last = steps.at(-1) ?? "";
  if (path === ".workspace") return { kind: "workspace" };
  if (steps.includes("overrides")) return { kind: "left alone", why: patched };
  if (/^buildspec.*\.ya?ml$/.test(last)) return { kind: "left alone", why: "Freehold builds where it runs" };
  if (/^addons\.parameters\.ya?ml$/.test(last))
    return { kind: "left alone", why: "parameters of the addons: CloudFormation takes no part" };
  if (path === "pipeline.yml") return { kind: "pipeline", name: "pipeline" };
  if (first === "pipelines" && third === "manifest.yml") return { kind: "pipeline", name: second };
  if (first === "environments" && second === "addons") return addon(last);
  if (first === "environments" && third === "manifest.yml") return { kind: "environment", name: second };
  if (second === "addons") return addon(last, first);
  if (steps.length === 2 && second === "manifest.yml") return { kind: "workload", name: first };
  return { kind: "left alone", why: "is no file that Copilot reads" };
}

function addon(file: string, service?: string): Role {
  if (!/\.ya?ml$/.test(file)) return { kind: "left alone", why: "is part of an addon's code" };
  return { kind: "addon", ...(service === undefined ? {} : { service }) };
}
