const database = require("./database");

async function migrate() {
  await database.query("CREATE TABLE IF NOT EXISTS apples (name text PRIMARY KEY, cents int NOT NULL)");
  await database.query("INSERT INTO apples VALUES ('Boskoop', 249) ON CONFLICT DO NOTHING");
  await database.end();
}

migrate();
