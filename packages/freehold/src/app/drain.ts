import type { Web } from "./application.ts";

/** AWS takes a few seconds to tell every node of a load balancer that a target leaves. */
const least = 15;
const most = 120;

/**
 * Seconds between a task's last new request and its SIGTERM, in which the requests it has begun may end; what takes longer is
 * cut. As long as the application is given to stop, within bounds.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-connection-draining.html
 */
export function drainSeconds({ stopGrace }: Pick<Web, "stopGrace">): number {
  return Math.min(Math.max(stopGrace, least), most);
}
