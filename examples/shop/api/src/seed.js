import { database, query } from "./database.js";

const products = [
  ["latchkey", "Latchkey", "Opens one door: yours.", 1200, "🗝️"],
  ["deed-box", "Deed box", "For the papers that say whose it is.", 5400, "🧰"],
  ["boundary-stone", "Boundary stone", "Good fences, good neighbours.", 8900, "🪨"],
  ["well-rope", "Well rope", "Forty feet, and it reaches the water.", 2600, "🪢"],
  ["lantern", "Lantern", "Burns on a laptop's worth of oil.", 3400, "🏮"],
  ["apple-sapling", "Apple sapling", "Plant it before you need the shade.", 1900, "🌱"],
  ["hearth-brick", "Hearth brick", "The first of a great many.", 300, "🧱"],
  ["weathercock", "Weathercock", "Says which way the cloud is moving.", 7100, "🐓"],
];

for (const product of products) {
  await query(
    "INSERT INTO products (id, name, line, cents, art) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING",
    product,
  );
}
await database.end();
console.log(`${products.length} products are on the shelf`);
