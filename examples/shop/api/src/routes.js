import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { query } from "./database.js";
import { enqueue } from "./order-queue.js";
import { listUploads, readUpload, saveUpload } from "./uploads.js";
import { countVisit } from "./visits.js";

const maxUpload = 5 * 1024 * 1024;

export const routes = new Hono().basePath("/api");

routes.get("/health", (c) => c.json({ ok: true }));

routes.get("/products", async (c) => c.json(await query("SELECT * FROM products ORDER BY cents")));

routes.get("/products/:id", async (c) => {
  const [product] = await query("SELECT * FROM products WHERE id = $1", [c.req.param("id")]);
  return product === undefined ? c.json({ error: "there is no such product" }, 404) : c.json(product);
});

routes.post("/visits", async (c) => c.json({ visits: await countVisit() }));

routes.get("/orders", async (c) =>
  c.json(
    await query(
      "SELECT o.*, p.name, p.cents, p.art FROM orders o JOIN products p ON p.id = o.product ORDER BY o.id DESC LIMIT 50",
    ),
  ),
);

routes.get("/orders/:id{[0-9]+}", async (c) => {
  const [order] = await query("SELECT * FROM orders WHERE id = $1", [c.req.param("id")]);
  return order === undefined ? c.json({ error: "there is no such order" }, 404) : c.json(order);
});

routes.post("/orders", async (c) => {
  const { product, quantity = 1 } = await c.req.json().catch(() => ({}));
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > 99) {
    return c.json({ error: "quantity is a whole number from 1 to 99" }, 400);
  }
  const [known] = await query("SELECT id FROM products WHERE id = $1", [product]);
  if (known === undefined) return c.json({ error: "there is no such product" }, 400);
  const [order] = await query("INSERT INTO orders (product, quantity) VALUES ($1, $2) RETURNING *", [
    product,
    quantity,
  ]);
  await enqueue(order.id);
  return c.json(order, 201);
});

routes.get("/uploads", async (c) => c.json(await listUploads()));

routes.post("/uploads", async (c) => {
  const body = new Uint8Array(await c.req.arrayBuffer());
  if (body.length === 0 || body.length > maxUpload) return c.json({ error: "send 1 byte to 5 MiB" }, 400);
  const key = randomUUID();
  await saveUpload(key, body, c.req.header("content-type") ?? "application/octet-stream");
  return c.json({ key }, 201);
});

routes.get("/uploads/:key{[0-9a-f-]{36}}", async (c) => {
  const upload = await readUpload(c.req.param("key"));
  if (upload === undefined) return c.json({ error: "there is no such picture" }, 404);
  return c.body(upload.body, 200, { "content-type": upload.type, "content-security-policy": "sandbox" });
});

routes.get("/reports", async (c) =>
  c.json(await query("SELECT * FROM reports ORDER BY minute DESC LIMIT 30")),
);

/** Fails on purpose, to show that a backend's error reaches the reader as it is. */
routes.get("/broken", (c) => c.json({ error: "this page fails on purpose" }, 500));

routes.all("/*", (c) => c.json({ error: "there is nothing here" }, 404));

routes.onError((error, c) => {
  console.error(error);
  return c.json({ error: "something broke on our side" }, 500);
});
