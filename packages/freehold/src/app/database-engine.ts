import type { DatabaseEngine } from "./application.ts";

/** What is the same about an engine wherever it runs. */
interface EngineFacts {
  /** As its makers write it. */
  readonly label: string;
  readonly port: number;
}

export const engineFacts: Readonly<Record<DatabaseEngine, EngineFacts>> = {
  postgres: { label: "PostgreSQL", port: 5432 },
  mysql: { label: "MySQL", port: 3306 },
  mariadb: { label: "MariaDB", port: 3306 },
};
