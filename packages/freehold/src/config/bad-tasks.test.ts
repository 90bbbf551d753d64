import { testBadFiles } from "./testing/bad-files.ts";

testBadFiles([
  {
    what: "neither build nor image",
    file: `
services:
  a:
    command: x
`,
    says: ["2:3 services.a has neither `build` nor `image` // say where its image comes from"],
  },
  {
    what: "two ports",
    file: `
services:
  a:
    image: nginx:1
    ports: ["8000", "8001"]
`,
    says: [
      "4:5 services.a.ports has several ports (8000, 8001); one gets traffic // say which with `x-freehold.port: 8000`",
    ],
  },
  {
    what: "a port that is a word",
    file: `
services:
  a:
    image: nginx:1
    ports: ["http"]
`,
    says: [
      "4:13 services.a.ports[0] `http` is no port; write it like `8000`, `8080:80` or `127.0.0.1:8080:80`",
    ],
  },
  {
    what: "a port out of bounds",
    file: `
services:
  a:
    image: nginx:1
    ports: [{target: 99999}]
`,
    says: ["4:14 services.a.ports[0].target `99999` is too large; at most 65535"],
  },
  {
    what: "a UDP port only",
    file: `
services:
  a:
    image: nginx:1
    ports: ["53/udp"]
`,
    says: ["4:5 services.a.ports has no TCP port // say which with `x-freehold.port: 8000`"],
  },
  {
    what: "memory in words",
    file: `
services:
  a:
    image: nginx:1
    mem_limit: lots
`,
    says: ["4:5 services.a.mem_limit `lots` is no size; write it like `512m` or `1.5g`"],
  },
  {
    what: "processors in words",
    file: `
services:
  a:
    image: nginx:1
    cpus: half
`,
    says: ["4:5 services.a.cpus `half` must be a number of processors such as `0.5`"],
  },
  {
    what: "more memory than Fargate has",
    file: `
services:
  a:
    image: nginx:1
    mem_limit: 500g
`,
    says: ["4:5 services.a asks for 512000 MiB; a Fargate task has 16 vCPU, 120 GiB at most"],
  },
  {
    what: "more memory than Fargate has, as a setting",
    file: `
services:
  a:
    image: nginx:1
    x-freehold:
      memory: 500g
`,
    says: ["5:7 services.a asks for 512000 MiB; a Fargate task has 16 vCPU, 120 GiB at most"],
  },
  {
    what: "a grace period beyond Fargate's",
    file: `
services:
  a:
    image: nginx:1
    stop_grace_period: 5m
`,
    says: ["4:5 services.a.stop_grace_period 300 s is too long; Fargate stops a task after 120 s at most"],
  },
  {
    what: "a duration in words",
    file: `
services:
  a:
    image: nginx:1
    stop_grace_period: soon
`,
    says: ["4:5 services.a.stop_grace_period `soon` is no duration; write it like `30s` or `1m30s`"],
  },
  {
    what: "Windows",
    file: `
services:
  a:
    image: nginx:1
    platform: windows/amd64
`,
    says: ["4:5 services.a.platform `windows/amd64` does not run on Fargate; use linux/amd64 or linux/arm64"],
  },
  {
    what: "a quote that is never closed",
    file: `
services:
  a:
    image: nginx:1
    command: echo 'x
`,
    says: ["4:5 services.a.command `echo 'x` has a quote that is never closed"],
  },
  {
    what: "one path for two services",
    file: `
services:
  a: {image: x, ports: ["80"]}
  b: {image: x, ports: ["80"]}`,
    says: [
      "3:3 services.b.x-freehold.path `/` is answered by `a` already // give one of them another `x-freehold.path`",
    ],
  },
  {
    what: "a path without its slash",
    file: `
services:
  a:
    image: nginx:1
    ports: ["80"]
    x-freehold: {path: api}
`,
    says: [
      "5:18 services.a.x-freehold.path `api` must begin with `/` and hold letters, digits and . _ ~ - only, e.g. `/api`",
    ],
  },
  {
    what: "a day of the month and a weekday",
    file: `
services:
  a:
    image: nginx:1
    x-freehold: {schedule: "0 0 1 * mon"}
`,
    says: [
      "4:18 services.a.x-freehold.schedule `0 0 1 * mon`: cron means either of the two days, which EventBridge cannot say; write two services, one with `0 0 1 * *` and one with `0 0 * * mon`",
    ],
  },
  {
    what: "minute 61",
    file: `
services:
  a:
    image: nginx:1
    x-freehold: {schedule: "61 * * * *"}
`,
    says: ["4:18 services.a.x-freehold.schedule `61 * * * *`: `61` is no minute (0 to 59)"],
  },
  {
    what: "six fields",
    file: `
services:
  a:
    image: nginx:1
    x-freehold: {schedule: "0 0 * * * *"}
`,
    says: [
      "4:18 services.a.x-freehold.schedule `0 0 * * * *`: a schedule has five fields: minute, hour, day of month, month, weekday",
    ],
  },
  {
    what: "a cron without a schedule",
    file: `
services:
  a:
    image: nginx:1
    x-freehold: {type: cron}
`,
    says: ["4:17 services.a.x-freehold.schedule is missing; it must be a text"],
  },
  {
    what: "a time zone that is none",
    file: `
services:
  a:
    image: nginx:1
    x-freehold: {schedule: "0 0 * * *", timezone: Mars/City}
`,
    says: [
      "4:41 services.a.x-freehold.timezone `Mars/City` is no time zone; write one such as `Europe/Berlin`",
    ],
  },
  {
    what: "a site without output",
    file: `
services:
  a:
    build: .
    x-freehold: {type: site}
`,
    says: ["4:17 services.a.x-freehold.output is missing; it must be a text"],
  },
  {
    what: "a relative folder inside an image",
    file: `
services:
  a:
    build: .
    x-freehold: {type: site, output: dist}
`,
    says: [
      "4:30 services.a.x-freehold.output `dist` must be a path inside the built image, such as /usr/share/nginx/html // or write `x-freehold.build`, a command that makes the folder on this machine",
    ],
  },
  {
    what: "a database size that is none",
    file: `
services:
  a:
    image: postgres:17
    x-freehold: {size: large}
`,
    says: ["4:18 services.a.x-freehold.size `large` must be an RDS class such as `db.t4g.micro`"],
  },
  {
    what: "a build context on the internet",
    file: `
services:
  a:
    build: https://github.com/x/y
`,
    says: [
      "3:5 services.a.build `https://github.com/x/y` is not a folder of the project; other contexts are not built yet // write a path such as `./api`",
    ],
  },
]);
