import { el } from "../base/element.ts";
import type { Say } from "../base/page.ts";
import { codeOf, nameOf } from "./language.ts";

export interface LanguageSwitch {
  element: HTMLElement;
  update(languages: string[], language: string): void;
}

/** Each language under its own name and in its own letters; nothing where the form speaks one language only. */
export function languageSwitch(say: Say, speak: (language: string) => void): LanguageSwitch {
  const select = el("select", { id: "report-language" });
  const element = el("div", { class: "field" }, el("label", { for: select.id }, say("form_language")), select);
  select.addEventListener("change", () => speak(select.value));
  const update = (languages: string[], language: string): void => {
    element.hidden = languages.length < 2;
    if (select.options.length !== languages.length) {
      select.replaceChildren(...languages.map((name) => el("option", { value: name, lang: codeOf(name) || null }, nameOf(name))));
    }
    select.value = language;
  };
  return { element, update };
}
