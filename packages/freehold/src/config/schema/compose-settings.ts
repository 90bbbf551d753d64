import { buildKeys, deployKeys, type Fate, fileKeys, type KeyTable, serviceKeys } from "../compose/keys.ts";
import { serviceSchema } from "../compose/service.ts";
import { type JsonSchema, toJsonSchema } from "./json-schema.ts";
import { longForms, type Setting, sentence, settingsOf } from "./settings.ts";
import { valueText } from "./value-text.ts";

/** A key of the Compose specification with what becomes of it. */
export interface ComposeKey extends Pick<Setting, "key" | "value" | "meaning"> {
  readonly fate: "honoured" | "noted" | "refused";
}

export interface ComposeChapter {
  readonly place: string;
  readonly keys: readonly ComposeKey[];
}

/** Every key of the Compose specification, by section. */
export function composeChapters(): readonly ComposeChapter[] {
  const service = toJsonSchema(serviceSchema).properties ?? {};
  const section = (name: string) => longForms(service[name] ?? {})[0]?.properties ?? {};
  return [
    { place: "the file", keys: composeKeys(fileKeys, fileParts) },
    { place: "a service", keys: composeKeys(serviceKeys, service) },
    { place: "build", keys: composeKeys(buildKeys, section("build")) },
    { place: "deploy", keys: composeKeys(deployKeys, section("deploy")) },
  ];
}

/** They are read one by one, not by a schema of the file. */
const fileParts: Readonly<Record<string, JsonSchema>> = {
  name: { type: "string", description: "Name of the application; the folder's where it is left out." },
  services: { title: "by name: a service", description: "What runs, or what AWS runs for you." },
  volumes: {
    title: "by name: a volume",
    description: "Files that stay; `x-freehold` of each has the settings of a volume.",
  },
  include: { title: "list of files", description: "Other Compose files whose services belong to this one." },
  configs: { title: "by name: a config", description: "Files that services lay over their image, by name." },
  secrets: { title: "by name: a secret", description: "Secrets that services mount as files, by name." },
};

/** These have chapters of their own. */
const apart = ["build", "deploy"];

function composeKeys(table: KeyTable, honoured: Readonly<Record<string, JsonSchema>>): readonly ComposeKey[] {
  return Object.entries(table).flatMap(([key, fate]) => {
    const schema = honoured[key];
    const within =
      fate === "honoured" && schema !== undefined && !apart.includes(key) ? longForms(schema) : [];
    const inner = within
      .flatMap((form) => settingsOf(form, `${key}.`))
      .filter(({ meaning }) => meaning !== "");
    return [
      { key, ...told(fate, schema) },
      ...inner.map((one) => ({
        key: one.key,
        fate: "honoured" as const,
        value: one.value,
        meaning: one.meaning,
      })),
    ];
  });
}

function told(fate: Fate, schema: JsonSchema | undefined): Omit<ComposeKey, "key"> {
  if (fate === "honoured") {
    const value = schema === undefined ? "" : valueText(schema);
    return { fate, value, meaning: schema?.description ?? "" };
  }
  return "noted" in fate
    ? { fate: "noted", value: "", meaning: sentence(fate.noted) }
    : { fate: "refused", value: "", meaning: `${sentence(fate.refused)} Way out: ${fate.hint}.` };
}
