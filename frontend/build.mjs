/** Builds dist/. The output depends on the sources and the locked packages only: no time, no path, no random name. */

import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = new URL("./", import.meta.url).pathname;
const dist = `${here}dist`;
const browser = { bundle: true, format: "esm", target: ["chrome111", "firefox113", "safari16"], minify: true, charset: "utf8",
  legalComments: "none", loader: { ".css": "text" }, alias: { "@noble/post-quantum/hybrid.js": "./src/seal/no-hybrid.ts" }, absWorkingDir: here, logLevel: "warning" };
const node = { ...browser, platform: "node", target: "node20", minify: false };

const bundled = async (entry, options = browser) =>
  (await build({ ...options, entryPoints: [entry], write: false })).outputFiles[0].text;

/** `</script` inside a string literal would end the frame's only script. */
const inline = (script) => script.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");

const sha256 = (text) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

async function engineFrame() {
  const script = inline(await bundled("src/engine/main.ts"));
  const hash = sha256(script);
  const policy = `default-src 'none'; script-src '${hash}' 'unsafe-eval' 'wasm-unsafe-eval'; connect-src 'none'; form-action 'none'; base-uri 'none'`;
  const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Form engine</title><script type="module">${script}</script>`;
  await writeFile(`${dist}/engine-frame.html`, page);
  await writeFile(`${dist}/engine-frame.json`, `${JSON.stringify({ sha256: hash })}\n`);
}

async function site() {
  await rm(dist, { recursive: true, force: true });
  await mkdir(`${dist}/tests`, { recursive: true });
  await engineFrame();
  for (const name of ["vault", "report"]) await writeFile(`${dist}/${name}.js`, await bundled(`src/${name}/main.ts`));
  await writeFile(`${dist}/demo-keys.mjs`, await bundled("src/demo/demo-keys.ts", node));
  await writeFile(`${dist}/tests/engine-alone.js`, await bundled("src/alone/engine-alone.ts"));
  await copyFile(`${here}src/alone/engine-alone.html`, `${dist}/tests/engine-alone.html`);
  await copyFile(`${here}src/report/can-draw.json`, `${dist}/can-draw.json`);
}

async function sizes() {
  for (const name of ["vault.js", "report.js", "engine-frame.html", "demo-keys.mjs"]) {
    const bytes = await readFile(`${dist}/${name}`);
    console.log(`${name.padEnd(20)} ${String(bytes.length).padStart(8)} bytes, ${gzipSync(bytes, { level: 9 }).length} compressed`);
  }
}

/** Tests are written in TypeScript; the oldest Node we support runs JavaScript only. */
async function units() {
  const names = (await readdir(`${here}tests`)).filter((name) => name.endsWith(".test.ts"));
  await rm(`${dist}/units`, { recursive: true, force: true });
  await build({ ...node, entryPoints: names.map((name) => `tests/${name}`), outdir: "dist/units", outExtension: { ".js": ".mjs" } });
  for (const name of ["vault", "report"]) await writeFile(`${dist}/units/${name}.js`, await bundled(`src/${name}/main.ts`));
}

if (process.argv.includes("--units")) await units();
else {
  await site();
  await sizes();
}
