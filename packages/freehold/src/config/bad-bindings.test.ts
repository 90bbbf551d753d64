import { testBadFiles } from "./testing/bad-files.ts";

testBadFiles([
  {
    what: "a cache's name as a host",
    file: `
services:
  a:
    image: nginx:1
    environment: {REDIS_HOST: cache}
  cache: {image: redis:7}`,
    says: [
      "4:19 services.a.environment.REDIS_HOST names `cache` as a host, yet the cache on AWS wants TLS and a token // use a URL (redis://cache:6379/0), or give `cache` the setting `x-freehold.tls: false`",
    ],
  },
  {
    what: "a JDBC URL with a password in it",
    file: `
services:
  a:
    image: nginx:1
    environment: {DB: 'jdbc:postgresql://db:5432/x?user=u&password=p'}
  db: {image: postgres:17}`,
    says: [
      "4:19 services.a.environment.DB is a JDBC URL with a user or a password in it, which is not built yet // tell them in variables of their own",
    ],
  },
  {
    what: "names that RDS keeps or that are too long, in MySQL",
    file: `
services:
  a:
    image: nginx:1
    environment:
      A: mysql://rdsadmin:p@db/sys
      B: mysql://a-user-of-more-than-thirty-two-letters:p@db/x
  db: {image: "mysql:8.4"}`,
    says: [
      "5:7 services.a.environment.A RDS keeps the name `sys` for itself; choose another",
      "5:7 services.a.environment.A RDS keeps the name `rdsadmin` for itself; choose another",
      "6:7 services.a.environment.B the name `a-user-of-more-than-thirty-two-letters` is too long; 32 letters at most",
    ],
  },
  {
    what: "a JDBC URL of MySQL that holds the credentials",
    file: `
services:
  a:
    image: nginx:1
    environment: {DB: 'jdbc:mysql://db:3306/x?user=u&password=p'}
  db: {image: "mysql:8.4"}`,
    says: [
      "4:19 services.a.environment.DB is a JDBC URL with a user or a password in it, which is not built yet // tell them in variables of their own",
    ],
  },
  {
    what: "a URL of another engine",
    file: `
services:
  a:
    image: nginx:1
    environment: {DB: 'mysql://u:p@db/x'}
  db: {image: postgres:17}`,
    says: [
      "4:19 services.a.environment.DB names the URL of `db` (mysql://…); that form of a database's address is not built yet // use a URL (postgres://user:password@db:5432/name), or set the value for AWS under `x-freehold.variables`",
    ],
  },
  {
    what: "a URL of another service, which is said to be a worker",
    file: `
services:
  a:
    image: nginx:1
    environment: {API: 'http://b:80'}
  b: {image: x, x-freehold: {type: worker}}`,
    says: [
      '4:19 services.a.environment.API calls `b` at port 80, which has no port // write `expose: ["80"]` in `b`, or set the value for AWS under `x-freehold.variables`',
    ],
  },
  {
    what: "two buckets in one stand-in",
    file: `
services:
  a:
    image: nginx:1
    environment: {S3: 'http://minio:9000', IN_BUCKET: one, OUT_BUCKET: two}
  minio: {image: minio/minio}`,
    says: [
      "4:44 services.a.environment.IN_BUCKET names one of 2 buckets of `minio`, which becomes a single bucket // write each under `x-freehold.resources`, as `one: { type: bucket }`, and leave `minio` out with `x-freehold.type: ignore`",
      "4:60 services.a.environment.OUT_BUCKET names one of 2 buckets of `minio`, which becomes a single bucket // write each under `x-freehold.resources`, as `two: { type: bucket }`, and leave `minio` out with `x-freehold.type: ignore`",
    ],
  },
  {
    what: "a password that two databases have at home",
    file: `
services:
  a:
    image: nginx:1
    environment: {DB_PASSWORD: hush}
  p: {image: postgres:17, environment: {POSTGRES_PASSWORD: hush}}
  q: {image: postgres:17, environment: {POSTGRES_PASSWORD: hush}}`,
    says: [
      "4:19 services.a.environment.DB_PASSWORD is the password of `p` and `q` at home, and nothing says which is meant // use a URL (postgres://user:password@host:5432/name), or give them different passwords at home",
    ],
  },
  {
    what: "a role that RDS keeps for itself",
    file: `
services:
  a:
    image: nginx:1
    environment: {DATABASE_URL: 'postgres://rdsadmin:x@db/x'}
  db: {image: postgres:17}`,
    says: [
      "4:19 services.a.environment.DATABASE_URL RDS keeps the name `rdsadmin` for itself; choose another",
    ],
  },
  {
    what: "a database with two owners",
    file: `
services:
  a: {image: x, environment: {U: 'postgres://p:x@db/x'}}
  b: {image: x, environment: {U: 'postgres://q:x@db/x'}}
  db: {image: postgres:17}`,
    says: [
      "4:3 services.db has its database `x` named with several roles (p, q), which is not built yet // use one user in all URLs of this database",
    ],
  },
  {
    what: "use of an unknown resource",
    file: `
services:
  a:
    image: nginx:1
    x-freehold: {uses: [uplods]}
x-freehold: {resources: {uploads: {type: bucket}}}`,
    says: [
      "4:25 services.a.x-freehold.uses `uplods` is no resource of this file // did you mean `uploads`? (allowed: uploads)",
    ],
  },
  {
    what: "use of a service",
    file: `
services:
  a: {image: x, x-freehold: {uses: [b]}}
  b: {image: x}`,
    says: [
      '2:37 services.a.x-freehold.uses `b` cannot be called; `uses` names resources, and services with a port // write `expose: ["8000"]` in `b`, with its port',
    ],
  },
  {
    what: "dependence on an unknown service",
    file: `
services:
  a:
    image: nginx:1
    depends_on: [dbb]
  db: {image: postgres:17}`,
    says: [
      "4:18 services.a.depends_on `dbb` is no service of this file // did you mean `db`? (allowed: a, db)",
    ],
  },
  {
    what: "services that wait for each other",
    file: `
services:
  a: {image: x, depends_on: [b]}
  b: {image: x, depends_on: [a]}`,
    says: ["2:30 services.a.depends_on waits for itself: a → b → a // remove one of these from `depends_on`"],
  },
  {
    what: "a secret's name with a hyphen",
    file: `
services:
  a:
    image: nginx:1
    x-freehold: {secrets: [a-b]}
`,
    says: [
      "4:28 services.a.x-freehold.secrets[0] `a-b` must be a variable's name: letters, digits and underscores",
    ],
  },
  {
    what: "a variable of a kind that nobody knows",
    file: `
services:
  a:
    image: nginx:1
    x-freehold: {variables: {A: {outputs: x}}}
`,
    says: [
      "4:30 services.a.x-freehold.variables.A must be a plain value, `{ alias: NAME }` for that of another, `{ output: RESOURCE.PART }` for what AWS knows of a resource, or `{ secret: NAME, key: FIELD }` for a secret that is there already",
    ],
  },
  {
    what: "a missing env_file",
    file: `
services:
  a:
    image: nginx:1
    env_file: [x.env]
`,
    says: [
      "4:5 services.a.env_file names `x.env`, which is missing // create it, correct the path, or write `required: false` beside it",
    ],
  },
  {
    what: "a variable that is a list",
    file: `
services:
  a:
    image: nginx:1
    environment: {A: [1]}
`,
    says: ["4:19 services.a.environment.A must be a text, not a list"],
  },
]);
