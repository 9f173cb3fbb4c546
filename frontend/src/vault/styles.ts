/** A shadow root sees no style of the page, so the page's own sheets are linked again inside: same file, same look, no second fetch. */

import css from "./vault.css";

export function borrowedStyles(shadow: ShadowRoot): Node[] {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [sheet];
  return [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.cloneNode());
}
