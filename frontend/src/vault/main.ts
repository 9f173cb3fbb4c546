/** The vault's bundle: opens the union's key in the browser and shows what it seals. */

import { watchIdleness } from "./idle.ts";
import { putAside, theKey } from "./key.ts";
import { attachLockButton } from "./lock-button.ts";
import { SealedCaseElement } from "./sealed-case.ts";
import { attachUnlockForm } from "./unlock-form.ts";

watchIdleness();
customElements.define("sealed-case", SealedCaseElement);
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-vault-unlock]")) void attachUnlockForm(form);
for (const button of document.querySelectorAll<HTMLElement>("[data-vault-lock]")) void attachLockButton(button);
addEventListener("pagehide", putAside);
addEventListener("pageshow", (event) => {
  if (event.persisted) void theKey();
});
