import { request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";
import * as z from "zod";

/** An access key that IAM or STS here gave out, and what its owner may do. */
export interface Key {
  readonly secret: string;
  /** Of temporary keys alone; every call must bear it. */
  readonly token?: string | undefined;
  /** ISO 8601. */
  readonly expires?: string | undefined;
  /** Who calls, as in AWS's messages: `arn:aws:sts::…:assumed-role/role/session` or a user. */
  readonly arn: string;
  /** The role or user itself. */
  readonly principal: string;
  readonly userId: string;
  readonly userName?: string | undefined;
  readonly account: string;
  /** Texts of identity policies. */
  readonly policies: readonly string[];
  readonly boundary?: string | null | undefined;
  /** Policy that AssumeRole was given. */
  readonly session?: string | null | undefined;
}

/** Undefined where nobody here gave out a key of that id. */
export type FindKey = (accessKeyId: string) => Promise<Key | undefined>;

const keySchema = z.object({
  secret: z.string(),
  token: z.string().optional(),
  expires: z.string().optional(),
  arn: z.string(),
  principal: z.string(),
  userId: z.string(),
  userName: z.string().optional(),
  account: z.string(),
  policies: z.array(z.string()),
  boundary: z.string().nullish(),
  session: z.string().nullish(),
});

/** Asks moto's launcher, which reads IAM's and STS's state; nothing is kept, so that a changed policy counts at once. */
export function findKeyAt(motoSocket: string): FindKey {
  return async (accessKeyId) => {
    const { status, body } = await ask(motoSocket, accessKeyId);
    return status === 404 ? undefined : keySchema.parse(JSON.parse(body));
  };
}

function ask(
  socketPath: string,
  accessKeyId: string,
): Promise<{ readonly status: number; readonly body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
  const headers = { host: "localhost", "x-local-aws-key": accessKeyId };
  const outgoing = httpRequest({ socketPath, agent: false, path: "/", headers });
  outgoing.on("error", reject);
  outgoing.on("response", (answer) => {
    text(answer).then((body) => resolve({ status: answer.statusCode ?? 500, body }), reject);
  });
  outgoing.end();
  return promise;
}
