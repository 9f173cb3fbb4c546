/** Keeps drawn questions in step with the snapshot: what stays keeps its element, and so its focus and its half-typed text. */

import { el } from "../../base/element.ts";
import type { Question } from "../../engine/snapshot.ts";
import { noteView } from "./note.ts";
import { questionView } from "./question.ts";
import { groupView, repeatView } from "./section.ts";
import type { Desk, View } from "./view.ts";

export function view(question: Question, desk: Desk): View {
  if (question.kind === "group" || question.kind === "instance") return groupView(question, desk);
  if (question.kind === "repeat") return repeatView(question, desk);
  if (question.kind === "note") return noteView(question, desk);
  return questionView(question, desk);
}

export interface List {
  element: HTMLElement;
  update(questions: readonly Question[]): void;
  remove(): void;
}

type Maker = (question: Question) => View;

/** A dropdown and a set of picks are different elements, so a list that outgrows one is drawn anew. */
const key = ({ id, kind, label }: Question): string => `${id} ${kind} ${kind === "group" ? Boolean(label?.text) : ""}`;

export function list(desk: Desk, make: Maker = (question) => view(question, desk)): List {
  const element = el("div", { class: "questions" });
  let views = new Map<string, View>();
  const update = (questions: readonly Question[]): void => {
    const wanted = new Set(questions.map(key));
    for (const [name, gone] of views) {
      if (wanted.has(name)) continue;
      gone.remove?.();
      gone.element.remove();
    }
    const next = questions.map((question) => [key(question), views.get(key(question)) ?? make(question)] as const);
    next.forEach(([, shown], at) => {
      if (element.children[at] !== shown.element) element.insertBefore(shown.element, element.children[at] ?? null);
    });
    views = new Map(next);
    questions.forEach((question) => views.get(key(question))?.update(question));
  };
  return { element, update, remove: () => views.forEach((drawn) => drawn.remove?.()) };
}
