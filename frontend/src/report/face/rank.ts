/** An order of choices, moved by buttons: dragging excludes a keyboard and a trembling hand. */

import { el, icon } from "../../base/element.ts";
import type { Question } from "../../engine/snapshot.ts";
import type { Control, Desk } from "./view.ts";
import { flowing } from "./wording.ts";

const order = ({ chosen, choices }: Question): string[] => {
  const known = choices.map(({ value }) => value);
  return [...chosen.filter((value) => known.includes(value)), ...known.filter((value) => !chosen.includes(value))];
};

function moved(values: string[], at: number, by: number): string[] {
  const next = [...values];
  const [value] = next.splice(at, 1);
  if (value !== undefined) next.splice(at + by, 0, value);
  return next;
}

export function rank(question: Question, desk: Desk): Control {
  const list = el("ol", { class: "rank", role: "list" });
  const keep = el("button", { type: "button", class: "btn" }, desk.say("rank_keep"));
  let current = question;
  keep.addEventListener("click", () => desk.answer(question.id, order(current)));
  const mover = (at: number, by: number, name: string): HTMLButtonElement => {
    const label = desk.say(by < 0 ? "move_up" : "move_down", { name });
    const button = el("button", { type: "button", class: "btn", "aria-label": label }, icon(by < 0 ? "up" : "down"));
    button.disabled = current.readonly || at + by < 0 || at + by >= current.choices.length;
    button.addEventListener("click", () => desk.answer(question.id, moved(order(current), at, by)));
    return button;
  };
  const update = (now: Question): void => {
    current = now;
    keep.hidden = now.chosen.length > 0 || now.readonly;
    const lines = order(now).map((value, at) => {
      const label = now.choices.find((choice) => choice.value === value)?.label;
      const name = label?.text ?? value;
      return el("li", {}, el("span", {}, `${at + 1}. `, ...(label ? flowing(label) : [value])), mover(at, -1, name), mover(at, 1, name));
    });
    list.replaceChildren(...lines);
  };
  return { element: el("div", { class: "picks" }, list, keep), grouped: true, update };
}
