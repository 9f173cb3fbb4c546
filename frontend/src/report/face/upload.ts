/** A photo, a recording, a paper. The file stays with the page; the engine learns that there is one. */

import { el } from "../../base/element.ts";
import type { Question } from "../../engine/snapshot.ts";
import { type Control, type Desk, domId } from "./view.ts";

const CAMERAS: Record<string, string> = { new: "environment", "new-rear": "environment", "new-front": "user" };

function camera({ appearances }: Question): string | null {
  const named = appearances.find((appearance) => appearance in CAMERAS);
  return named ? (CAMERAS[named] ?? null) : null;
}

function preview(file: File, label: string): { element: HTMLElement | null; url: string | null } {
  const family = file.type.split("/")[0];
  if (family !== "image" && family !== "audio" && family !== "video") return { element: null, url: null };
  const url = URL.createObjectURL(file);
  if (family === "image") return { element: el("img", { src: url, alt: label, class: "preview" }), url };
  return { element: el(family, { src: url, controls: true, class: "preview", "aria-label": label }), url };
}

export function upload(question: Question, desk: Desk): Control {
  const accept = question.accept === "*" || question.accept === "*/*" ? null : question.accept;
  const field = el("input", { type: "file", id: domId(question.id), accept, capture: camera(question) });
  const shown = el("div", { class: "picks" });
  const removal = el("button", { type: "button", class: "btn quiet" }, desk.say("remove_file"));
  let url: string | null = null;
  const draw = (): void => {
    if (url) URL.revokeObjectURL(url);
    const file = desk.fileOf(question.id);
    const made = file ? preview(file, desk.say("preview")) : { element: null, url: null };
    url = made.url;
    shown.replaceChildren(...(made.element ? [made.element] : []), ...(file ? [removal] : []));
  };
  field.addEventListener("change", () => {
    desk.attach(question.id, field.files?.[0] ?? null);
    draw();
  });
  removal.addEventListener("click", () => {
    field.value = "";
    desk.attach(question.id, null);
    draw();
    field.focus();
  });
  const update = (now: Question): void => {
    field.disabled = now.readonly;
    if (!now.value && !desk.fileOf(question.id) && shown.hasChildNodes()) draw();
  };
  return { element: el("div", { class: "picks" }, field, shown), grouped: false, update, remove: () => url && URL.revokeObjectURL(url) };
}
