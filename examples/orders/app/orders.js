import { DynamoDB } from "@aws-sdk/client-dynamodb";

const table = new DynamoDB({});
const TableName = process.env.ORDERS_TABLE;

export async function putOrder({ customer, number, kind }) {
  const Item = {
    customer: { S: customer },
    number: { N: String(number) },
    kind: { S: kind },
    state: { S: "placed" },
  };
  await table.putItem({ TableName, Item });
}

export async function getOrder(customer, number) {
  const Key = { customer: { S: customer }, number: { N: String(number) } };
  const { Item } = await table.getItem({ TableName, Key, ConsistentRead: true });
  return Item && { customer, number, kind: Item.kind.S, state: Item.state.S };
}

export async function ordersIn(state) {
  const { Items } = await table.query({
    TableName,
    IndexName: "by_state",
    KeyConditionExpression: "#state = :state",
    ExpressionAttributeNames: { "#state": "state" },
    ExpressionAttributeValues: { ":state": { S: state } },
  });
  return Items.map((item) => ({ customer: item.customer.S, number: Number(item.number.N) }));
}

export async function markPacked({ customer, number }) {
  await table.updateItem({
    TableName,
    Key: { customer: { S: customer }, number: { N: String(number) } },
    UpdateExpression: "SET #state = :packed",
    ExpressionAttributeNames: { "#state": "state" },
    ExpressionAttributeValues: { ":packed": { S: "packed" } },
  });
}
