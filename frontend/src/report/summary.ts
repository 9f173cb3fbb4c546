/** What is missing or does not fit, above the form, each line a way to the question. */

import { el } from "../base/element.ts";
import type { Say } from "../base/page.ts";
import type { Question } from "../engine/snapshot.ts";
import { domId } from "./face/view.ts";

export interface Trouble {
  question: Question;
  complaint: string;
}

/** Every question below, in the order it is drawn. */
export const all = (questions: readonly Question[]): Question[] => questions.flatMap((question) => [question, ...all(question.children)]);

export function go(id: string): void {
  const target = document.getElementById(domId(id));
  const inner = target?.matches("fieldset") ? target.querySelector<HTMLElement>("input:not([type=search]),select,textarea,button") : target;
  (inner ?? target)?.focus();
  target?.scrollIntoView({ block: "center" });
}

export function summary(troubles: readonly Trouble[], say: Say): HTMLElement {
  const lines = troubles.map(({ question, complaint }) => {
    const name = question.label?.text || question.reference.replace(/^.*\//, "");
    const link = el("a", { href: `#${domId(question.id)}` }, name);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      go(question.id);
    });
    return el("li", {}, link, " ", el("span", { class: "small" }, complaint));
  });
  return el("div", { class: "err flow", role: "alert", tabindex: "-1" }, el("h2", {}, say("problems")), el("ul", {}, ...lines));
}
