/** `[data-vault-unlock]`: a form of the page with one input for the passphrase and, if it likes, a `[data-vault-told]`. */

import { el } from "../base/element.ts";
import { LOCKED, OPENED, theKey } from "./key.ts";
import { tryPassphrase } from "./passphrase-field.ts";
import { say } from "./settings.ts";

export async function attachUnlockForm(form: HTMLFormElement): Promise<void> {
  const input = form.querySelector<HTMLInputElement>("input:not([type=hidden],[type=checkbox])");
  if (!input) return;
  const told = form.querySelector<HTMLElement>("[data-vault-told]") ?? el("p", { role: "status" });
  if (!told.isConnected) form.append(told);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void tryPassphrase(input, told);
  });
  document.addEventListener(OPENED, () => (told.textContent = say("unlocked")));
  document.addEventListener(LOCKED, () => (told.textContent = say("locked")));
  if (await theKey()) told.textContent = say("unlocked");
}
