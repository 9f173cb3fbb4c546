/** The small controls: a box to tick, a range to slide, a kind that has no face here. */

import { el } from "../../base/element.ts";
import type { Question } from "../../engine/snapshot.ts";
import { type Control, type Desk, domId } from "./view.ts";
import { flowing } from "./wording.ts";

export function trigger(question: Question, desk: Desk): Control {
  const box = el("input", { type: "checkbox", id: domId(question.id) });
  const words = el("span");
  const element = el("label", { class: "pick" }, words, box);
  box.addEventListener("change", () => desk.answer(question.id, box.checked ? "OK" : null));
  const update = (now: Question): void => {
    words.replaceChildren(...(now.label ? flowing(now.label) : ["OK"]));
    box.checked = now.value === "OK";
    box.disabled = now.readonly;
  };
  return { element, grouped: false, update };
}

export function range(question: Question, desk: Desk): Control {
  const { start, end, step } = question.bounds ?? { start: "0", end: "10", step: "1" };
  const [low, high] = [Number(start), Number(end)].sort((a, b) => a - b);
  const slider = el("input", { type: "range", id: domId(question.id), min: String(low), max: String(high), step: String(Math.abs(Number(step)) || 1) });
  const shown = el("output", { for: domId(question.id), class: "lg" });
  const ends = el("p", { class: "row ends small soft" }, el("bdi", {}, String(low)), shown, el("bdi", {}, String(high)));
  slider.addEventListener("input", () => (shown.textContent = slider.value));
  slider.addEventListener("change", () => desk.answer(question.id, slider.value));
  const update = (now: Question): void => {
    slider.disabled = now.readonly;
    if (now.value) slider.value = now.value;
    shown.textContent = now.value || "–";
  };
  return { element: el("div", {}, slider, ends), grouped: false, update };
}

export function unknown(_question: Question, desk: Desk): Control {
  return { element: el("p", { class: "hint" }, desk.say("cannot_draw")), grouped: true, update: () => undefined };
}
