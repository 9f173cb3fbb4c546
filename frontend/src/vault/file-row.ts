/** One sealed file: fetched only when asked for, because a photo costs a day's credit on some lines. */

import { el } from "../base/element.ts";
import { refusalKey } from "../base/refused.ts";
import { openFile } from "../seal/file.ts";
import { getBytes } from "./asking.ts";
import { type FileEntry, likelyColumn, type OpenedCase } from "./case-content.ts";
import { theKey } from "./key.ts";
import { mediaType } from "./media-type.ts";
import { fileLabel } from "./rows.ts";
import { say } from "./settings.ts";

/** Blob addresses end with the opened dossier. */
export class BlobUrls {
  private readonly urls: string[] = [];

  made(bytes: Uint8Array, type: string): string {
    const url = URL.createObjectURL(new Blob([bytes as BlobPart], { type }));
    this.urls.push(url);
    return url;
  }

  revoke(): void {
    for (const url of this.urls.splice(0)) URL.revokeObjectURL(url);
  }
}

function shown(bytes: Uint8Array, label: string, urls: BlobUrls): HTMLElement[] {
  const kind = mediaType(bytes);
  const save = (type: string, name: string): HTMLElement => el("a", { href: urls.made(bytes, type), download: name, class: "btn" }, say("save_file"));
  if (!kind) return [el("p", { class: "small soft" }, say("file_unknown")), save("application/octet-stream", "file")];
  const src = urls.made(bytes, kind.type);
  if (kind.family === "image") return [el("img", { src, alt: label, class: "picture" })];
  return [el(kind.family, { src, controls: true, "aria-label": label, class: "picture" })];
}

export function fileRow(entry: FileEntry, opened: OpenedCase, urls: BlobUrls): HTMLElement[] {
  const { sealed, named } = opened;
  const title = el("dt", {}, fileLabel(likelyColumn(entry, opened), sealed.language));
  const button = el("button", { type: "button", class: "btn", "aria-label": `${say("show_file")}: ${title.textContent}` }, say("show_file"));
  const place = el("dd", { class: "sealed-field" }, button);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const key = await theKey();
      if (!key) return;
      const { name, bytes } = await openFile(await getBytes(entry.url), key, sealed);
      const label = fileLabel(named.get(name), sealed.language);
      title.textContent = label;
      place.replaceChildren(...shown(bytes, label, urls));
    } catch (reason) {
      place.replaceChildren(el("p", { class: "msg", role: "status" }, say(refusalKey(reason, "failed"))));
    }
  });
  return [title, place];
}
