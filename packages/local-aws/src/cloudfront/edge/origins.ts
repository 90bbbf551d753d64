import type { Origin } from "@aws-sdk/client-cloudfront";
import type { Answer, Ask } from "../../elb/exchange.ts";
import type { Place, Router } from "../../elb/router.ts";
import { SendFailure } from "../../elb/send.ts";
import type { Log, Platform } from "../../platform.ts";
import type { Holdings } from "../holdings.ts";
import { arnOf } from "../names.ts";
import type { Asker } from "./bucket-policy.ts";
import { originRequest } from "./origin-request.ts";
import { createS3Origin } from "./s3-origin.ts";
import type { Visit } from "./visit.ts";

/** An origin that speaks HTTP: a load balancer of ours, reached in process. */
interface Way {
  readonly place: Place;
  readonly readSeconds: number;
}

export interface Origins {
  /** Asks the visit's origin; of an origin group the second one where the first fails. Throws `SendFailure`. */
  ask(visit: Visit, options: { readonly cacheable: boolean }): Promise<Answer>;
  /** The way to an origin for a WebSocket; undefined where the origin is a bucket. */
  wayTo(origin: Origin): Promise<Way | undefined>;
  originOf(visit: Visit): Origin | undefined;
}

/** Requests whose origin may fail over to the second of its group. */
const failingOver = ["GET", "HEAD", "OPTIONS"];

export function createOrigins(platform: Platform, holdings: Holdings, router: Router): Origins {
  const s3 = createS3Origin(platform);
  const wayTo = (origin: Origin): Promise<Way | undefined> => findWay(origin, holdings, router, platform.log);
  const askOrigin = async (origin: Origin, visit: Visit, cacheable: boolean): Promise<Answer> => {
    const ask = originRequest(visit, origin, { cacheable });
    const way = await wayTo(origin);
    if (way === undefined) return s3.ask(origin, ask, askerOf(platform, origin, visit));
    return askBalancer(router, way, ask);
  };
  return {
    wayTo,
    originOf: (visit) => originsOf(visit)[0],
    ask: async (visit, { cacheable }) => {
      const [first, second] = originsOf(visit);
      if (first === undefined) throw new SendFailure("broken");
      if (second === undefined || !failingOver.includes(visit.ask.method))
        return askOrigin(first, visit, cacheable);
      try {
        const answer = await askOrigin(first, visit, cacheable);
        if (!failoverStatuses(visit).includes(answer.status)) return answer;
        answer.body.destroy();
      } catch {
        // The second origin decides.
      }
      return askOrigin(second, visit, cacheable);
    },
  };
}

function originsOf({ distribution: { config }, originId }: Visit): readonly Origin[] {
  const origins = config.Origins?.Items ?? [];
  const members = groupOf(config.OriginGroups?.Items, originId)?.Members?.Items?.map(
    ({ OriginId }) => OriginId,
  );
  return (members ?? [originId]).flatMap((wanted) => origins.find(({ Id }) => Id === wanted) ?? []);
}

function failoverStatuses({ distribution: { config }, originId }: Visit): readonly number[] {
  return groupOf(config.OriginGroups?.Items, originId)?.FailoverCriteria?.StatusCodes?.Items ?? [];
}

function groupOf<Group extends { readonly Id: string | undefined }>(
  groups: readonly Group[] | undefined,
  id: string,
): Group | undefined {
  return groups?.find(({ Id }) => Id === id);
}

function askerOf({ settings }: Platform, origin: Origin, { distribution }: Visit): Asker {
  const signed = (origin.OriginAccessControlId ?? "") !== "";
  const arn = arnOf(settings, "distribution", distribution.id);
  return signed ? { kind: "distribution", arn, accountId: settings.accountId } : { kind: "anybody" };
}

/**
 * CloudFront fetches any public name. Here it connects to nothing that is not ours: a distribution is made by whoever calls, and
 * the origin of its choice could be another program of this machine, or what its network alone reaches.
 */
async function findWay(
  origin: Origin,
  holdings: Holdings,
  router: Router,
  log: Log,
): Promise<Way | undefined> {
  const { VpcOriginConfig: vpc, CustomOriginConfig: custom, DomainName = "" } = origin;
  if (vpc !== undefined) {
    const { config } = holdings.vpcOrigins.get(vpc.VpcOriginId);
    const secure = config.OriginProtocolPolicy === "https-only";
    const port = (secure ? config.HTTPSPort : config.HTTPPort) ?? 80;
    return { place: { balancer: config.Arn ?? "", port }, readSeconds: vpc.OriginReadTimeout ?? 30 };
  }
  if (custom === undefined) return undefined;
  if (!(await router.knows(DomainName))) {
    log.warn("An origin is neither a bucket nor a load balancer here; local-aws connects to nothing else", {
      origin: DomainName,
    });
    throw new SendFailure("broken");
  }
  const port = (custom.OriginProtocolPolicy === "https-only" ? custom.HTTPSPort : custom.HTTPPort) ?? 80;
  return { place: { balancer: DomainName, port }, readSeconds: custom.OriginReadTimeout ?? 30 };
}

/** CloudFront waits for the load balancer no longer than the origin's read timeout. */
async function askBalancer(router: Router, way: Way, ask: Ask): Promise<Answer> {
  const patience = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    patience.abort();
    late.reject(new SendFailure("overdue"));
  }, way.readSeconds * 1000);
  const gone = AbortSignal.any([ask.gone, patience.signal]);
  const answer = router.ask(way.place, { ...ask, peer: "127.0.0.1", gone });
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
