import { isSecret } from "../secret-names.ts";
import type { Advised } from "./advice.ts";
import { servedStage } from "./image.ts";
import { partOf, type Surroundings } from "./rules.ts";
import { isDevelopmentServer } from "./tidy-command.ts";

/** What only a person can do for the services that go to AWS. */
export function nextSteps(kept: readonly Advised[], around: Surroundings): readonly string[] {
  return [
    ...kept.filter((one) => speaksFastCgi(one, around)).map(httpOf),
    ...kept.filter(isDevelopedThere).map(serverOf),
    ...developmentVariables(kept, around),
    ...secrets(kept, around),
  ];
}

/** PHP-FPM answers a web server, which has to hold its sources too. */
function speaksFastCgi({ service }: Advised, { repository }: Surroundings): boolean {
  const base = servedStage(service, repository)?.base ?? service.image ?? "";
  return /(?:^|\/)php:[\w.-]*fpm/.test(base);
}

function httpOf({ service }: Advised): string {
  return `have \`${service.name}\` answer HTTP: it speaks FastCGI, which a load balancer does not; php:8-apache with the sources copied in does`;
}

/** Nothing better is known than the server of development that the file starts. */
function isDevelopedThere({ service: { command }, advice }: Advised): boolean {
  const text = typeof command === "string" ? command : command?.join(" ");
  const isReplaced = advice.some(({ keys }) => keys.some(({ key }) => key === "command"));
  return text !== undefined && !isReplaced && isDevelopmentServer(text);
}

function serverOf({ service }: Advised): string {
  return `give \`${service.name}\` a \`command\` that serves it to others: the one it has is for development, and may run what a visitor sends`;
}

/** What makes a framework show its errors, or serve slowly. */
function developmentVariables(kept: readonly Advised[], around: Surroundings): readonly string[] {
  const names = namesOf(
    kept,
    around,
    ([name, value]) =>
      (/^(?:NODE|RAILS|RACK|FLASK|APP|DJANGO|GO|MIX)_ENV$/.test(name) && /^(?:dev|local)/.test(value)) ||
      (/^(?:\w+_)?DEBUG$/.test(name) && /^(?:1|true|on|yes)$/i.test(value)),
  );
  return names.length === 0
    ? []
    : [
        `set ${names.join(", ")} for AWS under \`x-freehold.variables\`: what the file has is for development`,
      ];
}

function secrets(kept: readonly Advised[], around: Surroundings): readonly string[] {
  const names = namesOf(kept, around, ([name]) => isSecret(name));
  return names.length === 0
    ? []
    : [
        `list ${names.join(", ")} under \`x-freehold.secrets\` and set them with \`freehold secrets set\`; until then they are as the file has them`,
      ];
}

/** Variables of the programs that are the user's own. */
function namesOf(
  kept: readonly Advised[],
  { parts }: Surroundings,
  isMeant: (variable: readonly [string, string]) => boolean,
): readonly string[] {
  const own = kept.filter(
    ({ service }) => partOf(service, parts) !== undefined || service.context !== undefined,
  );
  return [
    ...new Set(own.flatMap(({ service }) => [...service.variables].filter(isMeant).map(([name]) => name))),
  ];
}
