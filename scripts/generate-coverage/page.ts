import type { ServiceCoverage } from "./coverage.ts";

export interface Page {
  readonly versions: Versions;
  /** Services of ours, alone or with moto behind them. */
  readonly own: readonly ServiceCoverage[];
  /** Services that moto alone answers. */
  readonly moto: readonly ServiceCoverage[];
  /** Names of those that nobody here answers. */
  readonly nobody: readonly string[];
}

export interface Versions {
  readonly moto: string;
  readonly botocore: string;
}

export function renderPage({ versions, own, moto, nobody }: Page): string {
  const total = (kind: "own" | "moto" | "missing") =>
    [...own, ...moto].reduce((sum, service) => sum + service[kind].length, 0);
  return `${[
    "# What local-aws answers",
    `${madeWith(versions)} \`npm run generate:coverage\` writes this page from the code: our services' tables of operations, the methods of moto's response classes, and botocore's models for all there is.`,
    "**Own** operations are ours: what they create runs. **moto**'s are kept and answered by [moto](https://github.com/getmoto/moto); nothing runs behind them, but our own services read them. A **missing** one answers 501 with its name.",
    `${total("own")} own, ${total("moto")} of moto, ${total("missing")} missing in the ${own.length + moto.length} services below; another ${nobody.length} services are missing altogether.`,
    "## Our own services",
    table(own),
    ...own.flatMap((service) => [
      `### ${service.name}`,
      ownLine(service),
      ...folded(`${service.moto.length} by moto`, service.moto),
      ...folded(`${service.missing.length} missing`, service.missing),
    ]),
    "## Services of moto",
    ...moto.flatMap(({ name, moto: answered, missing }) =>
      folded(`<b>${name}</b>: ${answered.length} by moto, ${missing.length} missing`, answered, missing),
    ),
    "## Services that nobody answers",
    ...folded(`${nobody.length} services`, nobody),
  ].join("\n\n")}\n`;
}

/** By this line a page says what it was made with. */
export function madeWith({ moto, botocore }: Versions): string {
  return `moto ${moto}, botocore ${botocore}.`;
}

/** What of a page is the same with any moto and botocore. */
export function ownLine({ own }: ServiceCoverage): string {
  return `Own: ${own.map((operation) => `\`${operation}\``).join(", ")}.`;
}

function table(services: readonly ServiceCoverage[]): string {
  const rows = services.map(
    ({ name, own, moto, missing }) =>
      `| [${name}](#${name}) | ${own.length} | ${moto.length} | ${missing.length} |`,
  );
  return ["| service | own | moto | missing |", "| --- | ---: | ---: | ---: |", ...rows].join("\n");
}

/** Names behind a title that unfolds them; of two lists the second is what is missing. */
function folded(title: string, names: readonly string[], missing: readonly string[] = []): readonly string[] {
  if (names.length === 0 && missing.length === 0) return [];
  const lists = [
    ...(names.length > 0 ? [names.join(", ")] : []),
    ...(missing.length > 0 ? [`Missing: ${missing.join(", ")}`] : []),
  ];
  return [`<details><summary>${title}</summary>\n\n${lists.join("\n\n")}\n\n</details>`];
}
