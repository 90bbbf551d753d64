import { SQS } from "@aws-sdk/client-sqs";
import { markPacked } from "./orders.js";

const queue = new SQS({});
const QueueUrl = process.env.PARCELS_URL;
let isStopping = false;
process.on("SIGTERM", () => {
  isStopping = true;
});

while (!isStopping) {
  const { Messages = [] } = await queue.receiveMessage({
    QueueUrl,
    WaitTimeSeconds: 5,
    MaxNumberOfMessages: 10,
  });
  for (const { Body, ReceiptHandle } of Messages) {
    await markPacked(JSON.parse(Body));
    await queue.deleteMessage({ QueueUrl, ReceiptHandle });
    console.log(`packed ${Body}`);
  }
}
