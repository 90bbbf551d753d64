import type { DatabaseEngine } from "../app/application.ts";

/**
 * Shell for the database task: arguments come in threes, a role, its database, and the variable that holds the role's
 * password. It may run any number of times. psql quotes every name and value itself (`%I`, `%L`), and reads the password
 * from the variable, so that it is no argument of a process.
 *
 * RDS's master user is no superuser: to own a database on a role's behalf it must be a member of that role.
 */
const postgresScript = `set -eu
while [ "$#" -gt 0 ]; do
  PASSWORD_VARIABLE=$3
  export PASSWORD_VARIABLE
  psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --set=role="$1" --set=database="$2" <<'SQL'
\\set password \`printenv "$PASSWORD_VARIABLE"\`
SELECT format('CREATE ROLE %I', :'role') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \\gexec
SELECT format('ALTER ROLE %I LOGIN PASSWORD %L', :'role', :'password') \\gexec
SELECT format('GRANT %I TO CURRENT_USER', :'role') \\gexec
SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'role') WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \\gexec
SELECT format('ALTER DATABASE %I OWNER TO %I', :'database', :'role') \\gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'database') \\gexec
SQL
  echo "role $1 owns database $2"
  shift 3
done
`;

/**
 * The same for MySQL and MariaDB, whose clients have no variables: values travel in base64, whose letters mean nothing to
 * SQL, and the server quotes them. In a grant `_` and `%` of a database's name would stand for others; the privileges are
 * those of `ALL` on a database that RDS's master user may pass on (its `ALL` differs from version to version).
 */
const mysqlScript = `set -eu
client() {
  if command -v mariadb >/dev/null; then
    mariadb --no-defaults --ssl --skip-ssl-verify-server-cert --user="$DATABASE_USER" --batch
  else
    mysql --no-defaults --ssl-mode=REQUIRED --user="$DATABASE_USER" --batch
  fi
}
value() {
  printf "CONVERT(FROM_BASE64('%s') USING utf8mb4)" "$(printf %s "$1" | base64 | tr -d '\\n')"
}
while [ "$#" -gt 0 ]; do
  secret=$(printenv "$3")
  role=$(value "$1") database=$(value "$2") password=$(value "$secret")
  client <<SQL
SET SESSION sql_mode = '';
SET @role = $role, @database = $database, @password = $password;
SET @user = CONCAT(QUOTE(@role), '@', QUOTE('%'));
SET @name = CONCAT(CHAR(96), REPLACE(@database, CHAR(96), CONCAT(CHAR(96), CHAR(96))), CHAR(96));
SET @pattern = REPLACE(REPLACE(@name, '_', CONCAT(CHAR(92), '_')), '%', CONCAT(CHAR(92), '%'));
SET @made = CONCAT('CREATE USER IF NOT EXISTS ', @user, ' IDENTIFIED BY ', QUOTE(@password));
PREPARE statement FROM @made;
EXECUTE statement;
SET @altered = CONCAT('ALTER USER ', @user, ' IDENTIFIED BY ', QUOTE(@password));
PREPARE statement FROM @altered;
EXECUTE statement;
SET @created = CONCAT('CREATE DATABASE IF NOT EXISTS ', @name, ' CHARACTER SET utf8mb4');
PREPARE statement FROM @created;
EXECUTE statement;
SET @granted = CONCAT('GRANT ALTER, ALTER ROUTINE, CREATE, CREATE ROUTINE, CREATE TEMPORARY TABLES, CREATE VIEW, DELETE, DROP, EVENT, EXECUTE, INDEX, INSERT, LOCK TABLES, REFERENCES, SELECT, SHOW VIEW, TRIGGER, UPDATE ON ', @pattern, '.* TO ', @user);
PREPARE statement FROM @granted;
EXECUTE statement;
SQL
  echo "role $1 may do all in database $2"
  shift 3
done
`;

export const databaseScripts: Readonly<Record<DatabaseEngine, string>> = {
  postgres: postgresScript,
  mysql: mysqlScript,
  mariadb: mysqlScript,
};
