import { el } from "../../base/element.ts";
import type { Question } from "../../engine/snapshot.ts";
import { type Desk, domId, type View } from "./view.ts";
import { blocks, prompts, signature } from "./wording.ts";

export function noteView(question: Question, desk: Desk): View {
  const element = el("div", { class: "note", id: domId(question.id) });
  let drawn = "";
  const update = (now: Question): void => {
    const wanted = signature(now.label) + signature(now.hint);
    if (wanted === drawn) return;
    drawn = wanted;
    const hint = now.hint ? [el("div", { class: "hint small" }, ...blocks(now.hint))] : [];
    element.replaceChildren(...(now.label ? blocks(now.label) : []), ...prompts(now.label, desk.media, desk.say("listen", { name: "" })), ...hint);
  };
  update(question);
  return { element, update };
}
