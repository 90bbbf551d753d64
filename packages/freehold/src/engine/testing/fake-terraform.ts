import * as z from "zod";
import { UserError } from "../../errors.ts";
import type { TerraformPort } from "../ports.ts";

/** A Terraform in memory: plans by comparing what a root says with what it holds, and writes states as the real one does. */
export interface FakeTerraform {
  readonly port: TerraformPort;
  /** Text of the arguments of each thing, by address, by folder. */
  readonly held: Map<string, Map<string, string>>;
  /** What was run, e.g. `apply collection`. */
  readonly calls: string[];
  /** When set, an apply fails after so many changes. */
  failAfter?: number | undefined;
  /** Addresses of what exists although no state knows it: making it fails, taking it over does not. */
  readonly existing: Set<string>;
}

export interface FakeTerraformRequest {
  /** `main.tf.json` and its like, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Takes a state's text for `<bucket>/<key>`. */
  readonly writeState: (place: string, text: string) => void;
  /** What the output `freehold` is once the stack is applied. */
  readonly outputs: (folder: string) => unknown;
  /** Told of everything that an apply has removed. */
  readonly removed?: (type: string, args: Readonly<Record<string, unknown>>) => void;
}

interface Change {
  readonly address: string;
  readonly action: "create" | "update" | "delete";
  readonly text: string;
  readonly isImport: boolean;
}

export function fakeTerraform(request: FakeTerraformRequest): FakeTerraform {
  const plans = new Map<string, { readonly root: Root; readonly changes: readonly Change[] }>();
  const fake: FakeTerraform = { port: {} as never, held: new Map(), calls: [], existing: new Set() };
  const heldIn = (folder: string) => fake.held.get(folder) ?? new Map<string, string>();
  const note = (verb: string, folder: string) => fake.calls.push(`${verb} ${folder.split("/").at(-1)}`);
  const port: TerraformPort = {
    version: async () => ({ binary: "terraform", version: "1.11.4" }),
    init: async () => {},
    plan: async ({ run: folder }, { destroy, targets }) => {
      note(destroy === true ? "plan-destroy" : "plan", folder);
      const root = rootSchema.parse(JSON.parse(request.files.get(`${folder}/main.tf.json`) ?? ""));
      const all = destroy === true ? removals(heldIn(folder)) : changesOf(root, heldIn(folder));
      const changes = all.filter((one) => targets?.includes(one.address) ?? true);
      plans.set(folder, { root, changes });
      return planJson(changes, heldIn(folder));
    },
    untaint: async ({ run: folder }, address, { onStart }) => {
      await onStart(4242);
      note(`untaint ${address} in`, folder);
    },
    apply: async ({ run: folder }, { onStart }) => {
      await onStart(4242);
      note("apply", folder);
      const { root, changes } = plans.get(folder) ?? { root: rootSchema.parse({}), changes: [] };
      const refused = changes.find((one) => one.action === "create" && fake.existing.has(one.address));
      const done = changes.slice(0, fake.failAfter).filter((one) => one !== refused);
      for (const { address, action } of done)
        if (action === "delete")
          request.removed?.(address.split(".")[0] ?? "", JSON.parse(heldIn(folder).get(address) ?? "{}"));
      const held = applied(heldIn(folder), done);
      fake.held.set(folder, held);
      const isWhole = done.length === changes.length;
      const outputs = isWhole && held.size > 0 ? { freehold: { value: request.outputs(folder) } } : {};
      const { bucket, key } = root.terraform.backend.s3;
      request.writeState(`${bucket}/${key}`, stateText([...held.keys()], outputs));
      const message =
        refused === undefined ? "It broke." : `creating ${refused.address}: EntityAlreadyExists`;
      if (!isWhole) throw new UserError({ code: "terraform-failed", subject: "", message });
    },
  };
  return Object.assign(fake, { port });
}

const rootSchema = z.object({
  terraform: z
    .object({ backend: z.object({ s3: z.object({ bucket: z.string(), key: z.string() }) }) })
    .default({ backend: { s3: { bucket: "", key: "" } } }),
  resource: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  import: z.array(z.object({ to: z.string(), id: z.string() })).default([]),
});

type Root = z.infer<typeof rootSchema>;

function changesOf(root: Root, held: ReadonlyMap<string, string>): readonly Change[] {
  const imported = root.import.map((one) => one.to);
  const wanted = new Map(
    Object.entries(root.resource).flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, { lifecycle: _, ...args }]) => [
        `${type}.${name}`,
        JSON.stringify(args),
      ]),
    ),
  );
  const made = [...wanted].flatMap(([address, text]): readonly Change[] => {
    const isImport = imported.includes(address);
    if (!held.has(address)) return [{ address, action: isImport ? "update" : "create", text, isImport }];
    return held.get(address) === text ? [] : [{ address, action: "update", text, isImport: false }];
  });
  const gone = [...held].filter(([address]) => !wanted.has(address));
  return [...made, ...removals(new Map(gone))];
}

function removals(held: ReadonlyMap<string, string>): readonly Change[] {
  return [...held].map(([address, text]) => ({ address, action: "delete", text, isImport: false }));
}

function applied(held: ReadonlyMap<string, string>, changes: readonly Change[]): Map<string, string> {
  const next = new Map(held);
  for (const { address, action, text } of changes) {
    if (action === "delete") next.delete(address);
    else next.set(address, text);
  }
  return next;
}

function planJson(changes: readonly Change[], held: ReadonlyMap<string, string>): unknown {
  return {
    format_version: "1.2",
    resource_changes: changes.map(({ address, action, text, isImport }) => ({
      address,
      mode: "managed",
      type: address.split(".")[0],
      change: {
        actions: [action],
        before: JSON.parse(held.get(address) ?? "null"),
        after: action === "delete" ? null : JSON.parse(text),
        after_unknown: {},
        ...(isImport ? { importing: { id: address } } : {}),
      },
    })),
    output_changes: changes.length === 0 ? {} : { freehold: { actions: ["update"] } },
  };
}

/** The text of a state that holds these addresses. */
export function stateText(addresses: readonly string[], outputs: unknown): string {
  const resources = addresses.map((address) => {
    const [type, name] = address.split(".");
    return { mode: "managed", type, name, instances: [{}] };
  });
  return JSON.stringify({ version: 4, resources, outputs });
}
