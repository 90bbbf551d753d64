import { request as httpRequest } from "node:http";
import { json } from "node:stream/consumers";
import * as z from "zod";
import { localUser } from "../moto/identity.ts";
import { ServiceError, type Tagged } from "../service.ts";

/** All that bears tags in a region of moto's. */
export type MotoTags = (region: string) => Promise<readonly Tagged[]>;

const pageSchema = z.object({
  PaginationToken: z.string().nullish(),
  ResourceTagMappingList: z.array(
    z.object({
      ResourceARN: z.string(),
      Tags: z.array(z.object({ Key: z.string(), Value: z.string().nullish() })),
    }),
  ),
});

type Page = z.infer<typeof pageSchema>;

/** Asks moto for all pages, over its socket: the front door would lead back to our own service. */
export function askMotoForTags(socket: string): MotoTags {
  return async (region) => {
    const found: Tagged[] = [];
    let token = "";
    do {
      const page = await ask(socket, region, token);
      found.push(...page.ResourceTagMappingList.map(taggedOf));
      token = page.PaginationToken ?? "";
    } while (token !== "");
    return found;
  };
}

function taggedOf({ ResourceARN, Tags }: Page["ResourceTagMappingList"][number]): Tagged {
  return { arn: ResourceARN, tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value ?? ""])) };
}

function ask(socket: string, region: string, token: string): Promise<Page> {
  const { promise, resolve, reject } = Promise.withResolvers<Page>();
  const scope = `${localUser.accessKeyId}/20260101/${region}/tagging/aws4_request`;
  const outgoing = httpRequest({
    socketPath: socket,
    method: "POST",
    agent: false,
    headers: {
      host: `tagging.${region}.amazonaws.com`,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "ResourceGroupsTaggingAPI_20170126.GetResources",
    },
  });
  outgoing.on("error", reject);
  outgoing.on("response", (answer) => {
    if (answer.statusCode === 200) resolve(json(answer).then((page) => pageSchema.parse(page)));
    else reject(new ServiceError("InternalServiceException", "moto does not list what bears tags", 500));
  });
  outgoing.end(
    JSON.stringify({ ResourcesPerPage: 100, ...(token === "" ? {} : { PaginationToken: token }) }),
  );
  return promise;
}
