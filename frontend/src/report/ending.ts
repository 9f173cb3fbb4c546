/** The end of a sending: the number, or "nothing was kept", or what to do now. */

import { el, icon } from "../base/element.ts";
import type { Say } from "../base/page.ts";
import { adviceKey, type Answer, type Kept } from "./send/post.ts";

/** Only an address of this site may become a link, whatever an answer says. */
const ownUrl = (url: string | undefined): string | null => (url && new URL(url, location.href).origin === location.origin ? url : null);

export function ending(kept: Kept, say: Say): HTMLElement {
  const another = el("a", { href: location.pathname, class: "btn" }, say("another"));
  if (!kept.kept) return el("div", { class: "flow", tabindex: "-1" }, el("h1", {}, say("nothing_title")), el("p", { class: "lg" }, say("nothing_kept")), another);
  const url = ownUrl(kept.url);
  const open = url ? [el("a", { href: url, class: "btn main" }, say("open_dossier"))] : [];
  return el(
    "div", { class: "flow", tabindex: "-1" },
    el("h1", {}, say("sent_title")),
    el("p", { class: "soft" }, say("sent_number")),
    el("p", { class: "num" }, el("bdi", { "data-case-number": true }, kept.number ?? "")),
    el("p", {}, say("sent_give")),
    el("p", { class: "row" }, ...open, another),
  );
}

export function failure(answer: Answer, say: Say): HTMLElement {
  const own = answer.text ? [el("p", {}, answer.text)] : [];
  return el("div", { class: "err flow", role: "alert", tabindex: "-1" }, el("h2", {}, say("not_sent")), ...own, el("p", {}, say(adviceKey(answer.status))));
}

export function progressLine(say: Say): { element: HTMLElement; sealing(): void; sending(part: number): void; stop(): void } {
  const bar = el("progress", { max: "1" });
  const words = el("p", { class: "small row" });
  const element = el("div", { hidden: true, role: "status" }, words, bar);
  const show = (text: string, part: number | null): void => {
    element.hidden = false;
    words.replaceChildren(icon("locked"), text);
    bar.setAttribute("aria-label", text);
    if (part === null) bar.removeAttribute("value");
    else bar.value = part;
  };
  const percent = (part: number): string => new Intl.NumberFormat(document.documentElement.lang || "en", { style: "percent" }).format(part);
  return {
    element,
    sealing: () => show(say("sealing"), null),
    sending: (part) => show(say("sending", { percent: percent(part) }), part),
    stop: () => (element.hidden = true),
  };
}
