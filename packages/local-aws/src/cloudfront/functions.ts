import type {
  CreateFunctionCommandInput,
  DeleteFunctionCommandInput,
  DescribeFunctionCommandInput,
  FunctionConfig,
  FunctionSummary,
  ListFunctionsCommandInput,
  PublishFunctionCommandInput,
  TestFunctionCommandInput,
  UpdateFunctionCommandInput,
} from "@aws-sdk/client-cloudfront";
import type { Platform } from "../platform.ts";
import { type Operation, ServiceError } from "../service.ts";
import type { FunctionRuntime } from "./edge/function-runtime.ts";
import { programOf } from "./edge/program.ts";
import type { FunctionStage, FunctionStages, Holdings } from "./holdings.ts";
import { arnOf } from "./names.ts";
import { isUsed, usesFunction } from "./references.ts";
import type { Stored } from "./shelf.ts";
import { dropTags, setTags } from "./tags.ts";
import { checkVersion, newToken } from "./versions.ts";

type Kept = Stored<FunctionStages>;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions */
const largestCode = 10_240;

/** CloudFront Functions: written to the DEVELOPMENT stage, run from LIVE. */
export function functionOperations(
  platform: Platform,
  holdings: Holdings,
  runtime: FunctionRuntime,
): Record<string, Operation> {
  const { functions } = holdings;
  const newStage = (config: FunctionConfig | undefined, code: Uint8Array | undefined): FunctionStage => {
    if (code === undefined || code.byteLength > largestCode) {
      throw new ServiceError("FunctionSizeLimitExceeded", "The function is too large: 10 KB at most.", 413);
    }
    return {
      etag: newToken(),
      changed: platform.clock.now().toISOString(),
      config: { ...config, Comment: config?.Comment ?? "", Runtime: config?.Runtime ?? "cloudfront-js-1.0" },
      code: new TextDecoder().decode(code),
    };
  };
  const save = (kept: Kept, stages: FunctionStages) => functions.replace(kept.id, kept.etag, stages);
  const summary = (kept: Kept, stage: "DEVELOPMENT" | "LIVE") => summaryOf(platform, holdings, kept, stage);
  return {
    CreateFunction: async ({ Name = "", FunctionConfig, FunctionCode, Tags }: CreateFunctionCommandInput) => {
      if (functions.find(Name) !== undefined) {
        throw new ServiceError("FunctionAlreadyExists", "A function with the same name already exists.", 409);
      }
      const kept = await functions.add(Name, { development: newStage(FunctionConfig, FunctionCode) });
      await setTags(holdings, arnOf(platform.settings, "function", Name), Tags?.Items ?? []);
      const Location = `${platform.settings.endpoint}/2020-05-31/function/${Name}`;
      return { FunctionSummary: summary(kept, "DEVELOPMENT"), ETag: kept.config.development.etag, Location };
    },
    UpdateFunction: async ({ Name, IfMatch, FunctionConfig, FunctionCode }: UpdateFunctionCommandInput) => {
      const kept = functions.get(Name);
      checkVersion(kept.config.development.etag, IfMatch);
      const next = await save(kept, { ...kept.config, development: newStage(FunctionConfig, FunctionCode) });
      return { FunctionSummary: summary(next, "DEVELOPMENT"), ETag: next.config.development.etag };
    },
    PublishFunction: async ({ Name, IfMatch }: PublishFunctionCommandInput) => {
      const kept = functions.get(Name);
      const { development } = kept.config;
      checkVersion(development.etag, IfMatch);
      const live = { ...development, changed: platform.clock.now().toISOString() };
      return { FunctionSummary: summary(await save(kept, { development, live }), "LIVE") };
    },
    DeleteFunction: async ({ Name = "", IfMatch }: DeleteFunctionCommandInput) => {
      const kept = functions.get(Name);
      checkVersion(kept.config.development.etag, IfMatch);
      if (isUsed(holdings, usesFunction(Name))) {
        throw new ServiceError("FunctionInUse", "The function is associated with a distribution.", 409);
      }
      await functions.remove(Name, kept.etag);
      await dropTags(holdings, arnOf(platform.settings, "function", Name));
      return {};
    },
    ...functionReading(platform, holdings, runtime),
  };
}

/** What only looks at functions, or tries them. */
function functionReading(
  platform: Platform,
  holdings: Holdings,
  runtime: FunctionRuntime,
): Record<string, Operation> {
  const { functions } = holdings;
  const summary = (kept: Kept, stage: "DEVELOPMENT" | "LIVE") => summaryOf(platform, holdings, kept, stage);
  return {
    DescribeFunction: async ({ Name, Stage = "DEVELOPMENT" }: DescribeFunctionCommandInput) => {
      const kept = functions.get(Name);
      return { FunctionSummary: summary(kept, Stage), ETag: stageOf(kept, Stage).etag };
    },
    GetFunction: async ({ Name, Stage = "DEVELOPMENT" }: DescribeFunctionCommandInput) => {
      const stage = stageOf(functions.get(Name), Stage);
      const FunctionCode = new TextEncoder().encode(stage.code);
      return { FunctionCode, ETag: stage.etag, ContentType: "application/octet-stream" };
    },
    ListFunctions: async ({ Stage = "DEVELOPMENT" }: ListFunctionsCommandInput) => {
      const shown = functions
        .all()
        .filter(({ config }) => Stage === "DEVELOPMENT" || config.live !== undefined);
      return {
        FunctionList: {
          MaxItems: 100,
          Quantity: shown.length,
          Items: shown.map((kept) => summary(kept, Stage)),
        },
      };
    },
    TestFunction: async ({ Name, IfMatch, Stage = "DEVELOPMENT", EventObject }: TestFunctionCommandInput) => {
      const kept = functions.get(Name);
      const stage = stageOf(kept, Stage);
      checkVersion(stage.etag, IfMatch);
      const outcome = await runtime.run(programOf(kept.id, stage, holdings), parseEvent(EventObject));
      return {
        TestResult: {
          FunctionSummary: summary(kept, Stage),
          ComputeUtilization: String(Math.min(100, Math.ceil(outcome.milliseconds * 10))),
          FunctionExecutionLogs: [...outcome.logs],
          FunctionErrorMessage: outcome.kind === "failed" ? outcome.message : "",
          FunctionOutput: outcome.kind === "returned" ? JSON.stringify(wrapped(outcome.value)) : "",
        },
      };
    },
  };
}

function stageOf(kept: Kept, stage: string): FunctionStage {
  const found = stage === "LIVE" ? kept.config.live : kept.config.development;
  if (found !== undefined) return found;
  throw new ServiceError("NoSuchFunctionExists", "The function does not exist in that stage.", 404);
}

function summaryOf(
  platform: Platform,
  holdings: Holdings,
  kept: Kept,
  stage: "DEVELOPMENT" | "LIVE",
): FunctionSummary {
  const { config, changed } = stageOf(kept, stage);
  const associated = isUsed(holdings, usesFunction(kept.id));
  return {
    Name: kept.id,
    Status: kept.config.live === undefined ? "UNPUBLISHED" : associated ? "DEPLOYED" : "UNASSOCIATED",
    FunctionConfig: config,
    FunctionMetadata: {
      FunctionARN: arnOf(platform.settings, "function", kept.id),
      Stage: stage,
      CreatedTime: new Date(kept.created),
      LastModifiedTime: new Date(changed),
    },
  };
}

function parseEvent(event: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(event));
  } catch {
    throw new ServiceError("InvalidArgument", "The event object is not valid JSON.");
  }
}

/** A tested function's output says whether it is a request or a response. */
function wrapped(value: unknown): unknown {
  const isResponse = typeof value === "object" && value !== null && "statusCode" in value;
  return isResponse ? { response: value } : { request: value };
}
