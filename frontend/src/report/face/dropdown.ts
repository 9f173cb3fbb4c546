/** One choice from a long list, in the field the phone knows best; above it a search where the list is long. */

import { el } from "../../base/element.ts";
import type { Question } from "../../engine/snapshot.ts";
import { folded } from "./filter.ts";
import { type Control, type Desk, domId } from "./view.ts";

const SEARCHED = 12;

export function dropdown(question: Question, desk: Desk): Control {
  const select = el("select", { id: domId(question.id) });
  const search = el("input", { type: "search", "aria-label": desk.say("search_list"), placeholder: desk.say("search_list"), autocomplete: "off", dir: "auto" });
  const element = el("div", { class: "picks" }, search, select);
  let current = question;
  let drawn = "";
  const draw = (): void => {
    const wanted = folded(search.value);
    const chosen = current.chosen[0] ?? "";
    const shown = current.choices.filter(({ value, label }) => value === chosen || folded(label.text).includes(wanted));
    select.replaceChildren(el("option", { value: "" }, desk.say("choose")), ...shown.map(({ value, label }) => el("option", { value }, label.text)));
    select.value = chosen;
  };
  search.addEventListener("input", draw);
  search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  select.addEventListener("change", () => desk.answer(question.id, select.value ? [select.value] : []));
  select.addEventListener("blur", () => desk.touched(question.id));
  const update = (now: Question): void => {
    current = now;
    select.disabled = now.readonly;
    search.hidden = now.choices.length <= SEARCHED;
    const wanted = JSON.stringify([now.choices, now.chosen]);
    if (wanted !== drawn) draw();
    drawn = wanted;
  };
  return { element, grouped: false, update };
}
