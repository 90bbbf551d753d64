import pg from "pg";

export const database = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 5 });

export async function query(text, values = []) {
  const { rows } = await database.query(text, values);
  return rows;
}
