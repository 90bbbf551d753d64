import type {
  CreateOriginAccessControlCommandInput,
  DeleteOriginAccessControlCommandInput,
  GetOriginAccessControlCommandInput,
  OriginAccessControlConfig,
  UpdateOriginAccessControlCommandInput,
} from "@aws-sdk/client-cloudfront";
import { type Operation, ServiceError } from "../service.ts";
import type { Holdings } from "./holdings.ts";
import { isUsed, usesAccessControl } from "./references.ts";
import type { Stored } from "./shelf.ts";
import { newToken } from "./versions.ts";

/** Origin access controls: how a distribution signs what it asks of S3. */
export function accessControlOperations(holdings: Holdings): Record<string, Operation> {
  const { accessControls } = holdings;
  return {
    CreateOriginAccessControl: async ({
      OriginAccessControlConfig,
    }: CreateOriginAccessControlCommandInput) => {
      const config = normalized(OriginAccessControlConfig);
      if (accessControls.all().some(({ config: { Name } }) => Name === config.Name)) {
        throw new ServiceError(
          "OriginAccessControlAlreadyExists",
          "An origin access control with this name already exists.",
          409,
        );
      }
      return shown(await accessControls.add(newToken(), config));
    },
    GetOriginAccessControl: async ({ Id }: GetOriginAccessControlCommandInput) =>
      shown(accessControls.get(Id)),
    GetOriginAccessControlConfig: async ({ Id }: GetOriginAccessControlCommandInput) => {
      const { config, etag } = accessControls.get(Id);
      return { OriginAccessControlConfig: config, ETag: etag };
    },
    UpdateOriginAccessControl: async (input: UpdateOriginAccessControlCommandInput) =>
      shown(
        await accessControls.replace(input.Id, input.IfMatch, normalized(input.OriginAccessControlConfig)),
      ),
    DeleteOriginAccessControl: async ({ Id = "", IfMatch }: DeleteOriginAccessControlCommandInput) => {
      if (isUsed(holdings, usesAccessControl(Id))) {
        throw new ServiceError("OriginAccessControlInUse", "The origin access control is in use.", 409);
      }
      await accessControls.remove(Id, IfMatch);
      return {};
    },
    ListOriginAccessControls: async () => ({
      OriginAccessControlList: {
        Marker: "",
        MaxItems: 100,
        IsTruncated: false,
        Quantity: accessControls.all().length,
        Items: accessControls.all().map(({ id, config }) => ({ Id: id, ...normalized(config) })),
      },
    }),
  };
}

function shown({ id, etag, config }: Stored<OriginAccessControlConfig>) {
  return { OriginAccessControl: { Id: id, OriginAccessControlConfig: config }, ETag: etag };
}

function normalized(config: OriginAccessControlConfig | undefined): OriginAccessControlConfig {
  const {
    Name,
    SigningProtocol,
    SigningBehavior,
    OriginAccessControlOriginType,
    Description = "",
  } = config ?? {};
  return { Name, Description, SigningProtocol, SigningBehavior, OriginAccessControlOriginType };
}
