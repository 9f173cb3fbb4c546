/** Choices as tiles or rows one can hit with a thumb. */

import { el, icon } from "../../base/element.ts";
import type { Choice, Question } from "../../engine/snapshot.ts";
import { filterField } from "./filter.ts";
import { type Control, type Desk, domId } from "./view.ts";
import { flowing, prompts } from "./wording.ts";

/** "I would rather not": apart, dashed, last. */
const CALM = /^(prefer_not|rather_not|not_asked|not_said|no_answer|refused|declined)/;
const TILES = 8;
const SHORT = 44;
const SEARCHED = 14;

const ordered = (choices: Choice[]): Choice[] => [...choices.filter(({ value }) => !CALM.test(value)), ...choices.filter(({ value }) => CALM.test(value))];

const tiled = (choices: Choice[]): boolean =>
  choices.some(({ label }) => label.image) || (choices.length <= TILES && choices.every(({ label }) => label.text.length <= SHORT));

function pick(choice: Choice, question: Question, desk: Desk, at: number, changed: () => void): HTMLElement[] {
  const calm = CALM.test(choice.value);
  const type = question.kind === "select1" ? "radio" : "checkbox";
  const box = el("input", { type, name: domId(question.id), id: domId(question.id, `-${at}`), value: choice.value });
  box.addEventListener("change", changed);
  const { audio, image, video, ...rest } = choice.label;
  const pictures = prompts({ ...rest, image, audio: null, video: null }, desk.media, "");
  const sounds = prompts({ ...rest, image: null, audio, video }, desk.media, desk.say("listen", { name: choice.label.text }));
  const label = el("label", { class: calm ? "pick calm" : "pick" }, ...(calm ? [icon("pause")] : []), ...pictures, el("span", {}, ...(choice.label.text ? flowing(choice.label) : [choice.value])), box);
  return [label, ...sounds];
}

export function picks(question: Question, desk: Desk): Control {
  const element = el("div", { class: "picks" });
  const boxes = (): HTMLInputElement[] => [...element.querySelectorAll<HTMLInputElement>("input[type=radio],input[type=checkbox]")];
  const chosen = (): string[] => boxes().filter((box) => box.checked).map((box) => box.value);
  const clear = el("button", { type: "button", class: "btn quiet" }, desk.say("clear"));
  const changed = (): void => desk.answer(question.id, chosen());
  clear.addEventListener("click", () => {
    for (const box of boxes()) box.checked = false;
    changed();
    boxes()[0]?.focus();
  });
  let drawn = "";
  const draw = (now: Question): void => {
    const grid = el("div", { class: tiled(now.choices) ? "tiles" : "picks" }, ...ordered(now.choices).flatMap((choice, at) => pick(choice, now, desk, at, changed)));
    const search = now.choices.length > SEARCHED ? [filterField(desk.say("search_list"), grid)] : [];
    element.replaceChildren(...search, grid, clear);
  };
  const update = (now: Question): void => {
    const wanted = JSON.stringify(now.choices);
    if (wanted !== drawn) draw(now);
    drawn = wanted;
    for (const box of boxes()) {
      box.checked = now.chosen.includes(box.value);
      box.disabled = now.readonly;
    }
    clear.hidden = now.kind !== "select1" || now.chosen.length === 0 || now.readonly || now.required;
  };
  return { element, grouped: true, update, ...(question.kind === "select1" ? { role: "radiogroup" } : {}) };
}
