import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { query } from "./database.js";

const url = process.env.ORDERS_URL;
const sqs = url ? new SQSClient() : undefined;

/** Hands an order to the worker: through the queue, or through a table where there is none. */
export async function enqueue(orderId) {
  if (sqs === undefined) return query("INSERT INTO order_queue (order_id) VALUES ($1)", [orderId]);
  return sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify({ orderId }) }));
}
