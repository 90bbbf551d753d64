/**
 * Shell for the database task: arguments come in threes, a role, its database, and the variable that holds the role's
 * password. It may run any number of times. psql quotes every name and value itself (`%I`, `%L`), and reads the password
 * from the variable, so that it is no argument of a process.
 *
 * RDS's master user is no superuser: to own a database on a role's behalf it must be a member of that role.
 */
export const databaseScript = `set -eu
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
