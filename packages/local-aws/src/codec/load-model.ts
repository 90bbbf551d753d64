import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { ModelError, type ServiceModel } from "./model.ts";

const unzip = promisify(gunzip);

/** Reads the newest version of a service's model from botocore's data folder. */
export async function loadModel(dataFolder: string, name: string): Promise<ServiceModel> {
  const versions = await readdir(join(dataFolder, name)).catch(() => []);
  // A list of services sits beside the versions' folders in botocore's data; versions are dates, so they sort.
  const newest = versions
    .filter((version) => /^\d{4}-/.test(version))
    .sort()
    .at(-1);
  if (newest === undefined) throw new ModelError(`botocore at ${dataFolder} has no service model "${name}"`);
  const folder = join(dataFolder, name, newest);
  const text = await readModel(folder);
  // The parse boundary: botocore's own tests hold its files to this form.
  const model = JSON.parse(text) as Omit<ServiceModel, "name">;
  return { ...model, name, operations: apiNames(model.operations) };
}

async function readModel(folder: string): Promise<string> {
  const zipped = await readFile(join(folder, "service-2.json.gz")).catch(() => undefined);
  if (zipped === undefined) return readFile(join(folder, "service-2.json"), "utf8");
  return (await unzip(zipped)).toString("utf8");
}

/** CloudFront's operations carry a date in their wire names (`CreateFunction2020_05_31`); SDKs know them without. */
function apiNames(operations: ServiceModel["operations"]): ServiceModel["operations"] {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [name, { ...operation, name }]),
  );
}
