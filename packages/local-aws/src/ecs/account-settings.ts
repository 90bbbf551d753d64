import type { ListAccountSettingsCommandInput, PutAccountSettingCommandInput } from "@aws-sdk/client-ecs";
import type { Platform } from "../platform.ts";
import type { Operation } from "../service.ts";
import { invalidParameter } from "./errors.ts";
import { pageOf } from "./paging.ts";
import type { EcsStore } from "./state.ts";

/** What an account has that never chose. */
const defaults: Readonly<Record<string, string>> = {
  awsvpcTrunking: "disabled",
  containerInsights: "disabled",
  containerInstanceLongArnFormat: "enabled",
  defaultLogDriverMode: "non-blocking",
  fargateFIPSMode: "disabled",
  fargateTaskRetirementWaitPeriod: "7",
  guardDutyActivate: "off",
  serviceLongArnFormat: "enabled",
  tagResourceAuthorization: "on",
  taskLongArnFormat: "enabled",
};

/** Account settings, for the whole account: there is one principal here. */
export function accountSettingOperations(
  { settings }: Pick<Platform, "settings">,
  store: EcsStore,
): Record<string, Operation> {
  const principalArn = `arn:aws:iam::${settings.accountId}:root`;
  const render = ([name, value]: readonly [string, string]) => ({ name, value, principalArn, type: "user" });
  const put = async ({ name, value = "" }: PutAccountSettingCommandInput) => {
    if (name === undefined) throw invalidParameter("name must not be null.");
    await store.update((state) => ({
      ...state,
      accountSettings: { ...state.accountSettings, [name]: value },
    }));
    return { setting: render([name, value]) };
  };
  return {
    PutAccountSetting: put,
    PutAccountSettingDefault: put,
    ListAccountSettings: async (input: ListAccountSettingsCommandInput) => {
      const known = { ...(input.effectiveSettings ? defaults : {}), ...store.get().accountSettings };
      const matching = Object.entries(known)
        .filter(([name]) => input.name === undefined || name === input.name)
        .filter(([, value]) => input.value === undefined || value === input.value);
      const { items, nextToken } = pageOf(matching.map(render), input);
      return { settings: items, nextToken };
    },
  };
}
