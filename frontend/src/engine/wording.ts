import type { MarkdownNode, TextRange, TextRole } from "@getodk/xforms-engine";
import type { Piece, Wording } from "./snapshot.ts";

/** Raw HTML in a form becomes its bare text: a form's author is not trusted with the page. */
function piece(node: MarkdownNode): Piece {
  if (node.role === "html") return { text: new DOMParser().parseFromString(node.unsafeHtml, "text/html").body.textContent ?? "" };
  if (node.role === "child") return { text: node.value };
  if (node.role === "line-break") return { tag: "br", pieces: [] };
  const url = "url" in node ? { url: String(node.url) } : {};
  return { tag: node.elementName, pieces: node.children.map(piece), ...url };
}

const fileName = (source: { href: string } | undefined): string | null =>
  source ? decodeURIComponent(source.href.replace(/^.*\//, "")) : null;

export function wording(range: TextRange<TextRole> | null): Wording | null {
  if (!range) return null;
  return {
    text: range.asString,
    pieces: range.formatted.map(piece),
    image: fileName(range.imageSource),
    audio: fileName(range.audioSource),
    video: fileName(range.videoSource),
  };
}
