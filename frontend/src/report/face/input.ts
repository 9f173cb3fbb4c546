/** One line or several of typed text: words, numbers, dates. */

import { el } from "../../base/element.ts";
import type { Question } from "../../engine/snapshot.ts";
import { typedAs } from "./typed.ts";
import { type Control, type Desk, domId } from "./view.ts";

const PAUSE = 350; // milliseconds of silence before the form is asked what follows from a text

const several = ({ kind, appearances, value }: Question): boolean => kind === "text" && (appearances.includes("multiline") || value.includes("\n"));

function field(question: Question): HTMLInputElement | HTMLTextAreaElement {
  const typed = typedAs(question);
  const common = { id: domId(question.id), autocomplete: "off", spellcheck: "false", placeholder: typed.placeholder, class: typed.ltr ? "ltr" : null };
  if (several(question)) return el("textarea", { ...common, rows: "5", dir: "auto" });
  const type = question.appearances.includes("masked") ? "password" : typed.type;
  return el("input", { ...common, type, inputmode: typed.inputmode, dir: typed.ltr ? "ltr" : "auto" });
}

export function input(question: Question, desk: Desk): Control {
  const typed = typedAs(question);
  const element = field(question);
  let timer = 0;
  let sent = question.value;
  const send = (): void => {
    clearTimeout(timer);
    timer = 0;
    const read = typed.read(element.value);
    desk.object(question.id, "message" in read ? read.message : null);
    const value = "value" in read ? read.value : "";
    if (value !== sent) desk.answer(question.id, (sent = value));
  };
  element.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(send, PAUSE);
  });
  element.addEventListener("change", send);
  element.addEventListener("blur", () => desk.touched(question.id));
  const update = (now: Question): void => {
    element.readOnly = now.readonly;
    if (now.value === sent && element.value !== "") return;
    if (timer || (document.activeElement === element && now.value === "")) return;
    sent = now.value;
    element.value = typed.show(now.value);
  };
  return { element, grouped: false, update };
}
