import type { SecretsManager, Tag } from "@aws-sdk/client-secrets-manager";
import { FakeAwsError, fakeClient, type Journal } from "./fake-client.ts";

export interface FakeSecrets {
  readonly client: SecretsManager;
  readonly secrets: Map<string, FakeSecret>;
  /** Tags of those that were made by a call. */
  readonly tags: Map<string, readonly Tag[]>;
  /** Those that wait for their deletion. */
  readonly waiting: Set<string>;
}

/** Versions by id, with their labels; without any the secret is empty. */
export type FakeSecret = Map<string, { readonly text: string; readonly labels: Set<string> }>;

const secretArn = "arn:aws:secretsmanager:us-east-1:111111111111:secret:";

/** A secret is asked for by its name or by its ARN. */
function nameOf(id: string): string {
  return id.replace(secretArn, "");
}

export function fakeSecrets(journal: Journal): FakeSecrets {
  const secrets = new Map<string, FakeSecret>();
  const tags = new Map<string, readonly Tag[]>();
  const waiting = new Set<string>();
  let passwords = 0;
  const demand = (id: string): FakeSecret => {
    if (waiting.has(id)) throw new FakeAwsError("InvalidRequestException", "it was marked for deletion");
    return known(id);
  };
  const known = (id: string): FakeSecret => {
    const found = secrets.get(id);
    if (found === undefined) throw new FakeAwsError("ResourceNotFoundException");
    return found;
  };
  const put = (secret: FakeSecret, text: string) => {
    for (const version of secret.values()) version.labels.delete("AWSCURRENT");
    const VersionId = `version-${secret.size + 1}`;
    secret.set(VersionId, { text, labels: new Set(["AWSCURRENT"]) });
    return { VersionId };
  };
  const operations = {
    getRandomPassword: () => {
      passwords += 1;
      return { RandomPassword: `password${passwords}` };
    },
    getSecretValue: ({ SecretId }: { readonly SecretId: string }) => {
      const current = [...demand(SecretId)].find(([, version]) => version.labels.has("AWSCURRENT"));
      if (current === undefined) throw new FakeAwsError("ResourceNotFoundException");
      return { SecretString: current[1].text, VersionId: current[0] };
    },
    putSecretValue: (input: { readonly SecretId: string; readonly SecretString: string }) =>
      put(demand(input.SecretId), input.SecretString),
    restoreSecret: ({ SecretId }: { readonly SecretId: string }) => ({ restored: waiting.delete(SecretId) }),
    createSecret: (input: {
      readonly Name: string;
      readonly SecretString: string;
      readonly Tags?: readonly Tag[];
    }) => {
      tags.set(input.Name, input.Tags ?? []);
      const made: FakeSecret = new Map();
      secrets.set(input.Name, made);
      return put(made, input.SecretString);
    },
    listSecrets: () => ({
      SecretList: [...tags].map(([name, Tags]) => ({ ARN: `${secretArn}${name}`, Tags })),
    }),
    deleteSecret: ({ SecretId }: { readonly SecretId: string }) => {
      waiting.add(nameOf(SecretId));
      return {};
    },
    describeSecret: ({ SecretId: id }: { readonly SecretId: string }) => ({
      ARN: id,
      Tags: tags.get(nameOf(id)),
      ...(waiting.has(nameOf(id)) ? { DeletedDate: new Date(0) } : {}),
      LastChangedDate: new Date(0),
      VersionIdsToStages: Object.fromEntries(
        [...known(nameOf(id))].map(([version, { labels }]) => [version, [...labels]]),
      ),
    }),
    updateSecretVersionStage: (input: {
      readonly SecretId: string;
      readonly VersionStage: string;
      readonly MoveToVersionId: string;
      readonly RemoveFromVersionId?: string;
    }) => {
      const secret = demand(input.SecretId);
      const holder = [...secret].find(([, version]) => version.labels.has(input.VersionStage))?.[0];
      if (holder !== input.RemoveFromVersionId) throw new FakeAwsError("InvalidParameterException");
      secret.get(holder ?? "")?.labels.delete(input.VersionStage);
      secret.get(input.MoveToVersionId)?.labels.add(input.VersionStage);
      return {};
    },
  };
  return { client: fakeClient<SecretsManager>(journal, operations), secrets, tags, waiting };
}
