import { database, query } from "./database.js";

await query(`
  CREATE TABLE IF NOT EXISTS products (
    id text PRIMARY KEY,
    name text NOT NULL,
    line text NOT NULL,
    cents integer NOT NULL CHECK (cents > 0),
    art text NOT NULL
  );
  CREATE TABLE IF NOT EXISTS orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product text NOT NULL REFERENCES products (id),
    quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 99),
    status text NOT NULL DEFAULT 'placed',
    placed_at timestamptz NOT NULL DEFAULT now(),
    done_at timestamptz
  );
  CREATE TABLE IF NOT EXISTS order_queue (order_id bigint PRIMARY KEY REFERENCES orders (id));
  CREATE TABLE IF NOT EXISTS reports (
    minute timestamptz PRIMARY KEY,
    orders integer NOT NULL,
    cents bigint NOT NULL
  );
`);
await database.end();
console.log("the schema is up to date");
