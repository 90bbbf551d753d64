import { arn, arnOr, type Call, type Facts, type Found, textIn, textsIn } from "./call.ts";
import type { ServiceCalls } from "./service-calls.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
export const secretsmanager: ServiceCalls = {
  prefix: "secretsmanager",
  readers: { Secret: secret },
  knownKeys: ["secretsmanager:secretid", "secretsmanager:versionstage", "secretsmanager:versionid"],
  keys: ({ input }) => ({
    ...single("secretsmanager:secretid", textIn(input, "SecretId")),
    ...single("secretsmanager:versionstage", textIn(input, "VersionStage")),
    ...single("secretsmanager:versionid", textIn(input, "VersionId")),
  }),
  further: {
    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html
    BatchGetSecretValue: async ({ input, place }, facts) =>
      Promise.all(
        textsIn(input, "SecretIdList").map(async (id) => ({
          action: "secretsmanager:GetSecretValue",
          arn: await secretNamed(id, place, facts),
        })),
      ),
  },
  whole: {
    // Filters choose secrets that only the service can name.
    BatchGetSecretValue: ({ input }) =>
      textsIn(input, "SecretIdList").length === 0
        ? undefined
        : [{ action: "secretsmanager:BatchGetSecretValue", arn: "*" }],
  },
};

async function secret({ input, place, operation }: Call, facts: Facts): Promise<Found> {
  // The six characters that the service adds are not chosen yet.
  if (operation === "CreateSecret") {
    return arnOr(textIn(input, "Name"), (name) => arn("secretsmanager", place, `secret:${name}-000000`));
  }
  const id = textIn(input, "SecretId");
  return id === undefined ? [] : [await secretNamed(id, place, facts)];
}

/** A name that no secret has stands for itself. */
async function secretNamed(id: string, place: Call["place"], facts: Facts): Promise<string> {
  const found = await facts.secretArn(id);
  return found ?? (id.startsWith("arn:") ? id : arn("secretsmanager", place, `secret:${id}`));
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html */
export const ssm: ServiceCalls = {
  prefix: "ssm",
  readers: {
    parameter: ({ input, place }) =>
      [...textsIn(input, "Names"), ...["Name", "Path"].flatMap((member) => textIn(input, member) ?? [])].map(
        (name) => parameterArn(name, place),
      ),
  },
};

/** `name:3` and `name:label` select a version of the parameter. */
function parameterArn(name: string, place: Call["place"]): string {
  if (name.startsWith("arn:")) return name.split(":").slice(0, 6).join(":");
  return arn("ssm", place, `parameter/${name.split(":")[0]?.replace(/^\//, "")}`);
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html */
export const kms: ServiceCalls = {
  prefix: "kms",
  readers: {
    key: ({ input, place }) => {
      const key = textIn(input, "KeyId") ?? textIn(input, "SourceKeyId");
      // Decrypt may leave the key to the ciphertext; an alias stands for a key that only the service can name.
      if (key === undefined || /(^|:)alias\//.test(key)) return undefined;
      return arnOr(key, (id) => arn("kms", place, `key/${id}`));
    },
  },
};

function single(key: string, value: string | undefined): Readonly<Record<string, readonly string[]>> {
  return value === undefined ? {} : { [key]: [value] };
}
