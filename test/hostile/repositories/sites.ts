import { join } from "node:path";
import { composeOf, type HostileRepository, put, refused, works } from "../repository.ts";
import type { Trap } from "../trap.ts";

const site = (settings: string) => composeOf("", `  web:\n${settings}`);
const asked = { codes: [2], screen: /--trust/ };

/** Sites: commands of a file on the person's machine, and files that lead out of what is published. */
export const siteRepositories: readonly HostileRepository[] = [
  {
    what: "a site whose build command runs on this machine",
    plant: async (project, trap) => {
      await put(project, { "compose.yaml": site(hostSite(trap)), "web/readme.txt": "A site.\n" });
    },
    outcomes: {
      check: { codes: [0], screen: /on this machine/ },
      init: { codes: [0, 1] },
      plan: { codes: [0], screen: /on this machine/ },
      up: asked,
    },
  },
  {
    what: "a site whose image holds a link to the credentials",
    plant: (project, { credentials }) =>
      put(project, {
        "compose.yaml": site("    build: ./web\n    x-freehold: { type: site, output: /out }\n"),
        "web/Dockerfile": `FROM busybox:1.37\nRUN mkdir /out && echo harbor > /out/index.html && ln -s ${credentials} /out/leak.txt\n`,
      }),
    outcomes: { check: works, plan: works, up: refused(/leak\.txt/) },
  },
  {
    what: "a site whose image holds a link to a folder of the person's",
    plant: (project, { home }) =>
      put(project, {
        "compose.yaml": site("    build: ./web\n    x-freehold: { type: site, output: /out }\n"),
        "web/Dockerfile": `FROM busybox:1.37\nRUN mkdir /out && echo harbor > /out/index.html && ln -s ${join(home, ".aws")} /out/aws\n`,
      }),
    outcomes: { up: refused(/aws/) },
  },
  {
    what: "a site whose files lie where a version of Freehold kept what it had built",
    plant: (project) =>
      put(project, {
        "compose.yaml": site("    build: ./web\n    x-freehold: { type: site, output: /out }\n"),
        "web/Dockerfile": "FROM busybox:1.37\nRUN mkdir /out && echo built > /out/index.html\n",
        [`.freehold/sites/web/${digest}/index.html`]: "planted\n",
      }),
    outcomes: { up: works },
    page: "built\n",
  },
];

/** By which that version knew the inputs of this site. */
const digest = "ce64665c799c96d5e396fb3e0457fe3b";

function hostSite(trap: Trap): string {
  const command = `${trap.proof("site")}; env > index.html`;
  return `    x-freehold: { type: site, folder: web, output: ".", build: ${JSON.stringify(command)} }\n`;
}
