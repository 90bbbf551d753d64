import { setTimeout as sleep } from "node:timers/promises";
import { database } from "./database.js";
import { takeOrders } from "./inbox.js";

const stop = new AbortController();
process.on("SIGTERM", () => stop.abort());
console.log("waiting for orders");

while (!stop.signal.aborted) {
  await takeOrders(finish, stop.signal).catch(async (error) => {
    if (stop.signal.aborted) return;
    console.error(error);
    await sleep(2000);
  });
}
await database.end();
console.log("closed");

async function finish(orderId) {
  await sleep(500);
  await database.query("UPDATE orders SET status = 'done', done_at = now() WHERE id = $1", [orderId]);
  console.log(`order ${orderId} is done`);
}
