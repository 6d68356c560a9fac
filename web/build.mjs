// Bundle the page into kg/page/static, with the licences of what is bundled. Run by "make web".

import { readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "kg", "page", "static");

const shared = {
  bundle: true,
  minify: true,
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  absWorkingDir: here,
};

/** Every package that ends up in a bundle: what package.json depends on, and what these depend on. */
function bundled(names, found = new Map()) {
  for (const name of names) {
    const folder = join(here, "node_modules", name);
    if (found.has(name) || !existsSync(join(folder, "package.json"))) continue;
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    found.set(name, { about, folder });
    if (!name.startsWith("@types/")) bundled(Object.keys(about.dependencies ?? {}), found);
  }
  return found;
}

/** The licence text that a package ships, or the one kept in licences/ for a package that ships none. */
function licence(name, folder) {
  const own = readdirSync(folder).find((file) => /^licen[cs]e(\.(md|txt))?$/i.test(file));
  const kept = join(here, "licences", `${name.replace("/", "__")}.txt`);
  if (!own && !existsSync(kept)) throw new Error(`${name} ships no licence text: put it into ${kept}`);
  return readFileSync(own ? join(folder, own) : kept, "utf8").trim();
}

function licences() {
  const about = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  const parts = [...bundled(Object.keys(about.dependencies))]
    .filter(([name]) => !name.startsWith("@types/"))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, { about: { version, license }, folder }]) => `${name} ${version} (${license})\n\n${licence(name, folder)}`);
  return `The page of kg contains these packages:\n\n${parts.join(`\n\n${"-".repeat(78)}\n\n`)}\n`;
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({ ...shared, entryPoints: ["src/main.ts"], outfile: join(out, "page.js"), format: "iife" });
await build({ ...shared, entryPoints: ["src/query/view.ts"], outfile: join(out, "query.js"), format: "esm" });
await build({ ...shared, entryPoints: ["src/query/query.css"], outfile: join(out, "query.css") });
await build({ ...shared, entryPoints: ["src/page.css"], outfile: join(out, "page.css") });
writeFileSync(join(out, "index.html"), readFileSync(join(here, "src", "index.html"), "utf8"));
writeFileSync(join(out, "LICENCES.txt"), licences());
