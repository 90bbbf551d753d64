import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A headless browser of this machine; `scripts/setup --browser` brings one. */
export function openBrowser(): Promise<Browser> {
  const executablePath = programs.find((path) => existsSync(path)) ?? "chromium";
  const quiet = ["background-networking", "component-update", "sync", "gpu", "quic"].map(
    (one) => `--disable-${one}`,
  );
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--no-first-run", ...quiet] });
}
