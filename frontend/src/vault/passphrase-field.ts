/** The field for a passphrase: hidden unless asked for, never offered to a password manager. */

import { el } from "../base/element.ts";
import { refusalKey } from "../base/refused.ts";
import { openKey } from "./key.ts";
import { say } from "./settings.ts";

/** A browser draws before the long work of scrypt begins. */
const drawn = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

/** Tries a passphrase and says how it went; true when the key is open. */
export async function tryPassphrase(input: HTMLInputElement, told: HTMLElement): Promise<boolean> {
  told.textContent = say("opening");
  told.classList.remove("msg");
  await drawn();
  try {
    await openKey(input.value);
    input.value = "";
    told.textContent = say("unlocked");
    return true;
  } catch (reason) {
    told.textContent = say(refusalKey(reason, "failed"));
    told.classList.add("msg");
    input.focus();
    return false;
  }
}

export function passphraseForm(then: () => void): HTMLFormElement {
  const input = el("input", { type: "password", id: "passphrase", autocomplete: "off", spellcheck: "false", autocapitalize: "none", "aria-describedby": "hint told", dir: "auto" });
  const show = el("input", { type: "checkbox", id: "show" });
  const told = el("p", { id: "told", role: "status" });
  show.addEventListener("change", () => (input.type = show.checked ? "text" : "password"));
  const form = el("form", { class: "flow", novalidate: true },
    el("div", { class: "field" }, el("label", { for: "passphrase" }, say("passphrase")), el("p", { class: "hint small", id: "hint" }, say("passphrase_hint")), input),
    el("p", { class: "row small" }, show, el("label", { for: "show" }, say("show_passphrase"))),
    el("button", { class: "btn main" }, say("unlock")), told);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await tryPassphrase(input, told)) then();
  });
  return form;
}
