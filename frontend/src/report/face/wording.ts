/** Draws a form's own texts. In a label only flowing text is allowed, so its paragraphs become blocks of a line. */

import { el } from "../../base/element.ts";
import type { Piece, Wording } from "../../engine/snapshot.ts";

const FLOWING = new Set(["strong", "em", "u", "br", "span"]);
const BLOCKS: Record<string, keyof HTMLElementTagNameMap> = { ul: "ul", ol: "ol", li: "li", p: "p", div: "p", h1: "p", h2: "p", h3: "p", h4: "p", h5: "p", h6: "p" };
const SAFE_LINK = /^(https?:|mailto:|tel:)/i;

function link(piece: Piece, children: Node[]): Node {
  if (!SAFE_LINK.test(piece.url ?? "")) return el("span", {}, ...children);
  return el("a", { href: piece.url ?? "", target: "_blank", rel: "noopener noreferrer" }, ...children);
}

function drawn(piece: Piece, flat: boolean): Node {
  if (piece.text !== undefined) return document.createTextNode(piece.text);
  const children = (piece.pieces ?? []).map((inner) => drawn(inner, flat));
  const tag = piece.tag ?? "span";
  if (tag === "a") return flat ? el("span", {}, ...children) : link(piece, children);
  if (FLOWING.has(tag)) return el(tag as "span", {}, ...children);
  if (flat) return el("span", { class: "block" }, ...children);
  const heading = /^h\d$/.test(tag) ? [el("strong", {}, ...children)] : children;
  return el(BLOCKS[tag] ?? "span", {}, ...heading);
}

export const flowing = (wording: Wording): Node[] => wording.pieces.map((piece) => drawn(piece, true));
export const blocks = (wording: Wording): Node[] => wording.pieces.map((piece) => drawn(piece, false));

/** Pictures and recordings that belong to a text; nothing is fetched before someone listens. */
export function prompts(wording: Wording | null, media: Record<string, string>, listen: string): HTMLElement[] {
  const url = (name: string | null | undefined): string | undefined => (name ? media[name] : undefined);
  const image = url(wording?.image);
  const audio = url(wording?.audio);
  const video = url(wording?.video);
  return [
    ...(image ? [el("img", { src: image, alt: "", loading: "lazy" })] : []),
    ...(audio ? [el("audio", { src: audio, controls: true, preload: "none", "aria-label": listen })] : []),
    ...(video ? [el("video", { src: video, controls: true, preload: "none", "aria-label": listen })] : []),
  ];
}

/** Two wordings that draw alike, compared cheaply. */
export const signature = (wording: Wording | null): string => (wording ? JSON.stringify(wording) : "");
