/** A question: its words, its control, and what is wrong with the answer. */

import { el } from "../../base/element.ts";
import type { Question } from "../../engine/snapshot.ts";
import { control } from "./controls.ts";
import { typedAs } from "./typed.ts";
import { type Desk, domId, type View } from "./view.ts";
import { blocks, flowing, prompts, signature } from "./wording.ts";

interface Words {
  label: HTMLElement;
  prompt: HTMLElement;
  hint: HTMLElement;
}

function fill({ label, prompt, hint }: Words, now: Question, desk: Desk): void {
  const words = now.kind === "trigger" ? [] : now.label ? flowing(now.label) : [now.reference.replace(/^.*\//, "")];
  const mark = now.required ? [" ", el("small", { class: "soft" }, `(${desk.say("required")})`)] : [];
  label.replaceChildren(...words, ...mark);
  prompt.replaceChildren(...prompts(now.label, desk.media, desk.say("listen", { name: now.label?.text ?? "" })));
  prompt.hidden = !prompt.hasChildNodes();
  const several = now.kind === "select" && !now.hint ? [el("p", {}, desk.say("several"))] : [];
  const format = typedAs(now).hint;
  hint.replaceChildren(...(now.hint ? blocks(now.hint) : []), ...several, ...(format ? [el("p", {}, desk.say(format))] : []));
  hint.hidden = !hint.hasChildNodes();
}

/** Says to those who cannot see it what belongs to the control and that it is wrong. */
function describe(target: HTMLElement, inputs: Iterable<Element>, hint: HTMLElement, error: HTMLElement, required: boolean): void {
  const ids = [hint, error].filter((line) => !line.hidden).map((line) => line.id);
  if (ids.length) target.setAttribute("aria-describedby", ids.join(" "));
  else target.removeAttribute("aria-describedby");
  const marked = target.tagName === "FIELDSET" && target.getAttribute("role") !== "radiogroup" ? [...inputs] : [target];
  for (const input of marked) {
    if (error.hidden) input.removeAttribute("aria-invalid");
    else input.setAttribute("aria-invalid", "true");
  }
  if (target.tagName !== "FIELDSET" || target.getAttribute("role")) target.setAttribute("aria-required", String(required));
}

export function questionView(question: Question, desk: Desk): View {
  const inner = control(question, desk);
  const grouped = inner.grouped;
  const hint = el("div", { class: "hint small", id: domId(question.id, "-hint") });
  const prompt = el("div", { class: "prompt" });
  const error = el("p", { class: "msg", id: domId(question.id, "-error") });
  const label = grouped ? el("legend") : el("label", { for: domId(question.id) });
  const shell = grouped
    ? el("fieldset", { class: "field", id: domId(question.id), role: inner.role, tabindex: "-1" }, label, prompt, hint, inner.element, error)
    : el("div", { class: "field" }, question.kind === "trigger" ? "" : label, prompt, hint, inner.element, error);
  const target = grouped ? shell : (shell.querySelector<HTMLElement>(`#${domId(question.id)}`) ?? shell);
  let drawn = "";
  const update = (now: Question): void => {
    const wanted = signature(now.label) + signature(now.hint) + String(now.required);
    if (wanted !== drawn) fill({ label, prompt, hint }, now, desk);
    drawn = wanted;
    inner.update(now);
    const complaint = desk.complaint(now);
    error.textContent = complaint;
    error.hidden = complaint === "";
    shell.classList.toggle("bad", complaint !== "");
    describe(target, inner.element.querySelectorAll("input"), hint, error, now.required);
  };
  update(question);
  return { element: shell, update, remove: () => inner.remove?.() };
}
