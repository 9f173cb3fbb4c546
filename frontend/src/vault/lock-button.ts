/** `[data-vault-lock]`: shown only while there is a key to close. Inside a form of sign-out it locks on the way. */

import { LOCKED, lock, OPENED, theKey } from "./key.ts";

export async function attachLockButton(button: HTMLElement): Promise<void> {
  button.addEventListener("click", () => void lock());
  if (button.dataset.vaultLock === "always") return;
  const show = (open: boolean): void => {
    button.hidden = !open;
    button.style.display = open ? "" : "none"; // a style sheet's `display` wins over `hidden`
  };
  document.addEventListener(OPENED, () => show(true));
  document.addEventListener(LOCKED, () => show(false));
  show(false);
  show((await theKey()) !== null);
}
