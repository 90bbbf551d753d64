import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { SNS } from "@aws-sdk/client-sns";
import { getOrder, ordersIn, putOrder } from "./orders.js";

const topic = new SNS({});

async function place(order) {
  await putOrder(order);
  await topic.publish({
    TopicArn: process.env.PLACED_TOPIC,
    Message: JSON.stringify(order),
    MessageAttributes: { kind: { DataType: "String", StringValue: order.kind } },
  });
  return order;
}

async function answer({ method, url }, body) {
  const [, what, first, second] = url.split("/");
  if (what === "health") return "well";
  if (method === "POST" && what === "orders") return place(body);
  if (what === "orders") return getOrder(first, Number(second));
  if (what === "in") return ordersIn(first);
  return undefined;
}

const server = createServer(async (request, response) => {
  try {
    const body = request.method === "POST" ? await json(request) : undefined;
    const found = await answer(request, body);
    response.writeHead(found === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(found ?? "nothing here"));
  } catch (error) {
    console.error(error);
    response.writeHead(500).end(String(error));
  }
});

server.listen(3000);
process.on("SIGTERM", () => server.close(() => process.exit()));
