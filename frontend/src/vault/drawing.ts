/** The two states of a dossier's sealed block: dots and locks, or rows. */

import { el, icon } from "../base/element.ts";
import type { EnvelopeKind } from "../seal/part.ts";
import type { OpenedCase } from "./case-content.ts";
import { type BlobUrls, fileRow } from "./file-row.ts";
import { rows } from "./rows.ts";
import { say } from "./settings.ts";

const PARTS = ["identity", "narrative", "detail"] as const;

const line = (name: string): HTMLElement =>
  el("p", { class: "line" }, el("span", {}, name), el("span", { class: "dots" }), icon("locked"), el("span", { class: "vh" }, say("sealed")));

export function sealedState(parts: readonly string[], below: HTMLElement): HTMLElement {
  const lines = (parts.length ? parts : PARTS).map((part) => line(say(`part_${part}`)));
  return el("div", { class: "seal flow", role: "group", "aria-label": say("sealed_title") }, ...lines, below);
}

export function openButton(open: () => void): HTMLElement {
  const button = el("button", { type: "button", class: "btn" }, icon("key"), say("open"));
  button.addEventListener("click", open);
  return el("p", { class: "row" }, button);
}

export const telling = (words: string, wrong: boolean): HTMLElement => el("p", { class: wrong ? "msg" : "", role: "status" }, words);

function part(kind: EnvelopeKind, opened: OpenedCase): HTMLElement[] {
  const answers = opened.parts.get(kind);
  const drawn = answers ? rows(answers, opened.sealed) : null;
  return drawn ? [el("h3", {}, say(`part_${kind}`)), drawn] : [];
}

function files(opened: OpenedCase, urls: BlobUrls): HTMLElement[] {
  const entries = opened.sealed.files;
  return entries.length ? [el("h3", {}, say("part_files")), el("dl", {}, ...entries.flatMap((entry) => fileRow(entry, opened, urls)))] : [];
}

export function openState(opened: OpenedCase, urls: BlobUrls, close: () => void): HTMLElement {
  const button = el("button", { type: "button", class: "btn" }, icon("locked"), say("close"));
  button.addEventListener("click", close);
  const head = el("p", { class: "row ends" }, el("span", { class: "row msg" }, icon("opened"), say("open_now")), button);
  const content = [...PARTS.flatMap((kind) => part(kind, opened)), ...files(opened, urls)];
  return el("div", { class: "seal open flow" }, head, ...(content.length ? content : [el("p", {}, say("nothing_here"))]));
}
