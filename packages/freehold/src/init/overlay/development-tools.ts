import { parseImage } from "../../config/resolve/image.ts";

/** Images that serve the people who write the application, by what they are for. */
const tools: Readonly<Record<string, readonly string[]>> = {
  "looks into databases": [
    "pgadmin4",
    "pgadmin",
    "adminer",
    "phpmyadmin",
    "pgweb",
    "cloudbeaver",
    "mongo-express",
    "dbgate",
  ],
  "looks into the cache": ["redis-commander", "redisinsight", "phpredisadmin"],
  "catches mail": ["mailhog", "mailpit", "maildev", "mailcatcher", "greenmail", "inbucket"],
  "watches queues": ["flower", "bull-board", "arena"],
  "watches containers": ["portainer", "portainer-ce", "dozzle", "watchtower", "cadvisor", "autoheal"],
  "stands in for AWS": ["localstack", "moto", "goaws"],
  "drives a browser": ["standalone-chrome", "standalone-firefox", "chrome", "playwright"],
  "tunnels to this machine": ["ngrok", "cloudflared"],
  "copies databases to a disk, where RDS keeps backups itself": [
    "mysql-cron-backup",
    "mysql-backup",
    "postgres-backup-local",
    "postgres-backup-s3",
    "pgbackups",
    "docker-db-backup",
  ],
};

/** Commands of the same kind, run from an image of one's own. */
const commands: readonly (readonly [command: RegExp, purpose: string])[] = [
  [/\bstorybook\b|\bladle\b|\bhistoire\b/, "shows a front end's parts"],
  [/\b(?:prisma|drizzle-kit) studio\b/, "looks into databases"],
  [/\bstripe listen\b|\bngrok\b/, "tunnels to this machine"],
  [/\b(?:tsc|webpack|sass|tailwindcss)\b.{0,300} (?:-w|--watch)\b/, "builds what changes"],
];

/** Proxies: CloudFront and the load balancer do their work. */
const proxies = new Set([
  "nginx",
  "nginx-proxy",
  "traefik",
  "caddy",
  "haproxy",
  "envoy",
  "acme-companion",
  "swag",
  "nginx-proxy-manager",
]);

/** What a development tool does, by its image; undefined when it is none. */
export function toolPurpose(image: string): string | undefined {
  const { name } = parseImage(image);
  return Object.keys(tools).find((purpose) => tools[purpose]?.includes(name));
}

/** The same, by the command it runs. */
export function commandPurpose(command: readonly string[] | string): string | undefined {
  const text = typeof command === "string" ? command : command.join(" ");
  return commands.find(([pattern]) => pattern.test(text))?.[1];
}

export function isProxyImage(image: string): boolean {
  return proxies.has(parseImage(image).name);
}
