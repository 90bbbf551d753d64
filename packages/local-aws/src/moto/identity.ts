import type { Settings } from "../platform.ts";
import { askMoto, type Call, type OwnService } from "../service.ts";

/** What a caller exports to use this endpoint. An ordinary user's key: tools refuse to work as an account's root. */
export const localUser = {
  accessKeyId: "AKIALOCALAWSLOCALAWS",
  secretAccessKey: "local-aws/every-signature-is-taken-here",
  name: "local-aws",
} as const;

/** STS: moto, which knows task roles and users made here, but for the user that everybody starts with. */
export function createIdentity(settings: Settings): OwnService {
  return {
    model: "sts",
    moto: true,
    operations: { GetCallerIdentity: async (_input: unknown, call: Call) => callerIdentity(settings, call) },
  };
}

function callerIdentity(settings: Settings, call: Call): unknown {
  if (call.accessKeyId !== localUser.accessKeyId) return askMoto;
  return {
    UserId: "AIDALOCALAWSLOCALAWS0",
    Account: settings.accountId,
    Arn: `arn:aws:iam::${settings.accountId}:user/${localUser.name}`,
  };
}
