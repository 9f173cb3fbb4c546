/** `<sealed-case src>`: what a dossier hides, in a closed shadow root, so that no script of the page and no extension's habit reads it. */

import { refusalKey } from "../base/refused.ts";
import { openCase } from "./case-content.ts";
import { openButton, openState, sealedState, telling } from "./drawing.ts";
import { BlobUrls } from "./file-row.ts";
import { LOCKED, theKey } from "./key.ts";
import { passphraseForm } from "./passphrase-field.ts";
import { say } from "./settings.ts";
import { borrowedStyles } from "./styles.ts";

export class SealedCaseElement extends HTMLElement {
  private readonly shadow = this.attachShadow({ mode: "closed" });
  private readonly urls = new BlobUrls();
  private block: HTMLElement | null = null;
  private readonly locked = (): void => this.close();

  connectedCallback(): void {
    this.translate = false;
    this.shadow.replaceChildren(...borrowedStyles(this.shadow));
    this.close();
    document.addEventListener(LOCKED, this.locked);
  }

  disconnectedCallback(): void {
    document.removeEventListener(LOCKED, this.locked);
    this.urls.revoke();
    this.block?.remove();
  }

  private draw(block: HTMLElement): void {
    this.block?.remove();
    this.block = block;
    this.shadow.append(block);
    this.dataset.state = block.classList.contains("open") ? "open" : "sealed";
  }

  private sealed(below: HTMLElement): void {
    const parts = this.getAttribute("parts")?.split(/\s+/).filter(Boolean) ?? [];
    this.draw(sealedState(parts, below));
  }

  private close(): void {
    this.urls.revoke();
    this.sealed(openButton(() => void this.open()));
  }

  private async open(): Promise<void> {
    this.sealed(telling(say("opening"), false));
    try {
      const key = await theKey();
      if (!key) return this.ask();
      const opened = await openCase(this.getAttribute("src") ?? "", key);
      this.draw(openState(opened, this.urls, () => this.close()));
    } catch (reason) {
      this.sealed(telling(say(refusalKey(reason, "failed")), true));
    }
  }

  private ask(): void {
    const form = passphraseForm(() => void this.open());
    this.sealed(form);
    form.querySelector("input")?.focus();
  }
}
