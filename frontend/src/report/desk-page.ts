/** Lays the face on the page and carries a report from the last answer to its number. */

import { el } from "../base/element.ts";
import type { Say } from "../base/page.ts";
import type { Engine } from "./engine.ts";
import { ending, failure, progressLine } from "./ending.ts";
import type { Face } from "./face.ts";
import type { Attachment } from "./send/bundle.ts";
import type { Sending } from "./send/sending.ts";
import { summary } from "./summary.ts";

export class DeskPage {
  private readonly progress: ReturnType<typeof progressLine>;
  private readonly messages = el("div");
  private readonly button: HTMLButtonElement;
  private busy = false;
  private done = false;

  constructor(private readonly mount: HTMLElement, private readonly face: Face, private readonly engine: Engine, private readonly sending: Sending, private readonly say: Say) {
    this.progress = progressLine(say);
    this.button = el("button", { type: "submit", class: "btn main full" }, say("send"));
  }

  lay(title: string, fingerprint: string): void {
    const heading = document.querySelector("h1") ? [] : [el("h1", {}, title)];
    const promise = el("p", { class: "small soft" }, this.say("sealed_first", { fingerprint }));
    const form = el("form", { novalidate: true, autocomplete: "off", translate: "no" },
      el("div", { class: "wrap slim flow" }, ...heading, this.messages, this.face.element, promise),
      el("div", { class: "bar-end report-end" }, el("div", { class: "wrap slim" }, this.button, this.progress.element)));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send();
    });
    this.mount.replaceChildren(form);
    addEventListener("beforeunload", (event) => this.face.changed && !this.done && event.preventDefault());
  }

  private async send(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.button.setAttribute("aria-disabled", "true");
    await this.tryToSend().catch(() => this.tell(failure({ status: 500, kept: null, text: "" }, this.say)));
    this.progress.stop();
    this.button.removeAttribute("aria-disabled");
    this.busy = false;
  }

  private async tryToSend(): Promise<void> {
    await this.face.settle();
    this.messages.replaceChildren();
    const troubles = this.face.troubles();
    if (troubles.length) return this.tell(summary(troubles, this.say));
    this.progress.sealing();
    const finished = await this.engine.finish();
    const sealed = await this.sending.seal(finished, this.attachments(finished.uploads));
    this.progress.sending(0);
    const answer = await this.sending.post(sealed, (part) => this.progress.sending(part));
    if (answer.kept) return this.finish(ending(answer.kept, this.say));
    this.button.textContent = this.say("send_again");
    this.tell(failure(answer, this.say));
  }

  private attachments(uploads: { id: string; name: string }[]): Attachment[] {
    return uploads.flatMap(({ id, name }) => {
      const file = this.face.files.get(id);
      return file ? [{ name, file }] : [];
    });
  }

  private tell(message: HTMLElement): void {
    this.messages.replaceChildren(message);
    message.focus();
    message.scrollIntoView({ block: "start" });
  }

  private finish(message: HTMLElement): void {
    this.done = true;
    this.mount.replaceChildren(el("div", { class: "wrap slim" }, message));
    message.focus();
    scrollTo(0, 0);
  }
}
