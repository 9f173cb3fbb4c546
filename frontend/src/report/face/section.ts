/** Groups and repeats. A group without words of its own leaves no trace. */

import { el } from "../../base/element.ts";
import type { Question } from "../../engine/snapshot.ts";
import { list } from "./list.ts";
import { type Desk, domId, type View } from "./view.ts";
import { flowing, prompts } from "./wording.ts";

const heading = (depth: number): HTMLElement => el(`h${Math.min(depth + 2, 6)}` as "h2");

function titled(question: Question, desk: Desk): { title: HTMLElement; prompt: HTMLElement; say(now: Question): void } {
  const title = heading(desk.depth);
  title.id = domId(question.id, "-title");
  const prompt = el("div", { class: "prompt" });
  const say = (now: Question): void => {
    title.replaceChildren(...(now.label ? flowing(now.label) : []));
    prompt.replaceChildren(...prompts(now.label, desk.media, desk.say("listen", { name: now.label?.text ?? "" })));
    prompt.hidden = !prompt.hasChildNodes();
  };
  return { title, prompt, say };
}

export function groupView(question: Question, desk: Desk): View {
  if (!question.label?.text) {
    const inner = list(desk);
    return { element: inner.element, update: (now) => inner.update(now.children), remove: inner.remove };
  }
  const { title, prompt, say } = titled(question, desk);
  const inner = list({ ...desk, depth: desk.depth + 1 });
  const element = el("section", { class: "sec", "aria-labelledby": title.id }, title, prompt, inner.element);
  const update = (now: Question): void => {
    say(now);
    inner.update(now.children);
  };
  return { element, update, remove: inner.remove };
}

/** `value` carries its number among its kin, which changes when an earlier one is removed. */
function instanceView(question: Question, desk: Desk, name: string, leave: () => void): View {
  const title = el("legend");
  const removal = el("button", { type: "button", class: "btn quiet" }, desk.say("remove"));
  removal.addEventListener("click", () => {
    leave(); // before the button that has the focus disappears
    desk.remove(question.id);
  });
  const inner = list({ ...desk, depth: desk.depth + 1 });
  const element = el("fieldset", { class: "one-of-many" }, title, inner.element, removal);
  const update = (now: Question): void => {
    const words = desk.say("instance", { name: now.label?.text || name, number: now.value });
    title.textContent = words;
    removal.setAttribute("aria-label", desk.say("remove_named", { name: words }));
    removal.hidden = !now.changeable;
    inner.update(now.children);
  };
  return { element, update, remove: inner.remove };
}

export function repeatView(question: Question, desk: Desk): View {
  const { title, prompt, say } = titled(question, desk);
  const add = el("button", { type: "button", class: "btn", id: domId(question.id) });
  add.addEventListener("click", () => desk.add(question.id));
  const inner = list({ ...desk, depth: desk.depth + 1 }, (child) => instanceView(child, desk, question.label?.text ?? "", () => add.focus()));
  const element = el("section", { class: "sec questions" }, title, prompt, inner.element, add);
  const update = (now: Question): void => {
    say(now);
    title.hidden = !now.label?.text;
    add.hidden = !now.changeable;
    add.textContent = now.label?.text ? desk.say("add_named", { name: now.label.text }) : desk.say("add");
    inner.update(now.children.map((child, at) => ({ ...child, changeable: now.changeable, value: String(at + 1) })));
  };
  return { element, update, remove: inner.remove };
}
