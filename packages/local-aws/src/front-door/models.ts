import { loadModel } from "../codec/load-model.ts";
import type { ServiceModel } from "../codec/model.ts";
import { formOf } from "../codec/query.ts";
import { matchRest } from "../codec/rest-path.ts";
import type { WireRequest } from "../codec/wire.ts";

/** Service models by signing name, read when first asked for. */
export interface Models {
  /** Undefined where botocore has no folder of that name. */
  bySigningName(service: string): Promise<ServiceModel | undefined>;
}

/** Signing names that are not the name of the model's folder. */
const folders: Readonly<Record<string, string>> = {
  elasticloadbalancing: "elbv2",
  monitoring: "cloudwatch",
  email: "ses",
  tagging: "resourcegroupstaggingapi",
  states: "stepfunctions",
};

export function openModels(dataFolder: string): Models {
  const known = new Map<string, Promise<ServiceModel | undefined>>();
  return {
    bySigningName: (service) => {
      const found =
        known.get(service) ?? loadModel(dataFolder, folders[service] ?? service).catch(() => undefined);
      known.set(service, found);
      return found;
    },
  };
}

/** The name of the operation a request asks for, as well as can be said; method and path otherwise. */
export function operationName(model: ServiceModel | undefined, request: WireRequest): string {
  const target = request.headers["x-amz-target"];
  if (target !== undefined) return target.slice(target.lastIndexOf(".") + 1);
  const action = formOf(request).get("Action");
  if (action !== null) return action;
  const match = model?.metadata.protocol.startsWith("rest") ? matchRest(model, request) : undefined;
  return match?.operation.name ?? `${request.method} ${request.path}`;
}
