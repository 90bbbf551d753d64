const cors = require("cors");
const express = require("express");
const { euros } = require("@orchard/prices");
const database = require("./database");

const app = express();
app.use(cors({ origin: process.env.CORS_ORIGIN }), express.json());

app.get("/healthz", (_request, response) => response.send("ok"));

app.get("/api/apples", async (_request, response) => {
  const { rows } = await database.query("SELECT name, cents FROM apples ORDER BY name LIMIT $1", [
    Number(process.env.PAGE_SIZE),
  ]);
  response.json(rows);
});

app.post("/api/apples", async (request, response) => {
  const { name, cents } = request.body;
  await database.query("INSERT INTO apples VALUES ($1, $2)", [name, cents]);
  response.status(201).json({ name, price: euros(cents) });
});

app.listen(process.env.PORT, () => console.log(`listening on ${process.env.PORT}`));
