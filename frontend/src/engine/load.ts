import { constants, loadForm, type RootNode } from "@getodk/xforms-engine";

const TYPES: Record<string, string> = { csv: "text/csv", xml: "text/xml", geojson: "application/geo+json" };

/** The frame has no network: the lists a form points to arrive with it. */
function attachment(media: Record<string, string>, url: URL): Response {
  const name = decodeURIComponent(url.href.replace(/^.*\//, ""));
  const held = media[name];
  if (held === undefined) return new Response("", { status: 404 });
  return new Response(held, { headers: { "Content-Type": TYPES[name.replace(/^.*\./, "")] ?? "text/plain" } });
}

/** A name nobody chose: what a person called her photo stays on her phone. */
function attachmentName(meta: { extension: string | null }): string {
  const drawn = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(drawn, (byte) => byte.toString(16).padStart(2, "0")).join("") + (meta.extension ?? "");
}

export async function load(xml: string, media: Record<string, string>): Promise<RootNode> {
  const form = await loadForm(xml, {
    fetchFormAttachment: (url) => Promise.resolve(attachment(media, url)),
    missingResourceBehavior: constants.MISSING_RESOURCE_BEHAVIOR.BLANK,
  });
  if (form.status === "failure") throw new Error(form.error.message);
  return form.createInstance({
    instanceAttachments: { fileNameFactory: attachmentName },
    preloadProperties: { deviceID: "sabir-web" },
    geolocationProvider: { getLocation: () => Promise.reject(new Error("the frame has no place")) },
  }).root;
}
