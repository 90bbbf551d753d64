import { serve } from "@hono/node-server";
import { database } from "./database.js";
import { routes } from "./routes.js";
import { closeCache } from "./visits.js";

const port = Number(process.env.PORT ?? 8000);
const server = serve({ fetch: routes.fetch, port }, () => console.log(`the shop's API listens on ${port}`));

// Longer than the load balancer keeps an idle connection: the one that closes it must not be the one that is about to be asked.
server.keepAliveTimeout = 65_000;

process.on("SIGTERM", () => {
  console.log("closing after the requests under way");
  server.close(async () => {
    closeCache();
    await database.end();
  });
  server.closeIdleConnections();
});
