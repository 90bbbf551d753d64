import { database } from "./database.js";

const { rows } = await database.query(`
  INSERT INTO reports (minute, orders, cents)
  SELECT date_trunc('minute', now()), count(o.id), coalesce(sum(o.quantity * p.cents), 0)
  FROM orders o JOIN products p ON p.id = o.product WHERE o.status = 'done'
  ON CONFLICT (minute) DO UPDATE SET orders = excluded.orders, cents = excluded.cents
  RETURNING *
`);
await database.end();
console.log(`report of ${rows[0].minute.toISOString()}: ${rows[0].orders} orders`);
