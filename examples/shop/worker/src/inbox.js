import { setTimeout as sleep } from "node:timers/promises";
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { database } from "./database.js";

const url = process.env.ORDERS_URL;
const sqs = url ? new SQSClient() : undefined;

/** Waits for the next orders and gives each to `work`; an order whose work fails comes again. */
export async function takeOrders(work, signal) {
  return sqs === undefined ? takeFromTable(work, signal) : takeFromQueue(work, signal);
}

async function takeFromQueue(work, signal) {
  const request = { QueueUrl: url, MaxNumberOfMessages: 10, WaitTimeSeconds: 10 };
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(request), { abortSignal: signal });
  for (const message of Messages) {
    await work(JSON.parse(message.Body).orderId);
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }));
  }
}

async function takeFromTable(work, signal) {
  const { rows } = await database.query("SELECT order_id FROM order_queue ORDER BY order_id LIMIT 10");
  for (const { order_id } of rows) {
    await work(order_id);
    await database.query("DELETE FROM order_queue WHERE order_id = $1", [order_id]);
  }
  if (rows.length === 0) await sleep(1000, undefined, { signal });
}
