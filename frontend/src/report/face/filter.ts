/** A search field over a long list of choices. What is chosen stays in sight. */

import { el } from "../../base/element.ts";

/** Letters without accents or case, so that "etat" finds "État". */
export const folded = (words: string): string => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function narrow(grid: HTMLElement, wanted: string): void {
  for (const pick of grid.querySelectorAll<HTMLElement>(".pick:not(.calm)")) {
    const chosen = pick.querySelector<HTMLInputElement>("input")?.checked === true;
    pick.hidden = !chosen && !folded(pick.textContent ?? "").includes(wanted);
  }
}

export function filterField(label: string, grid: HTMLElement): HTMLElement {
  const field = el("input", { type: "search", "aria-label": label, placeholder: label, autocomplete: "off", dir: "auto" });
  field.addEventListener("input", () => narrow(grid, folded(field.value)));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  return field;
}
