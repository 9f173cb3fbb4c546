/** The form on the page: what the engine says, drawn; what the person answers, told to the engine. */

import { el } from "../base/element.ts";
import type { Say } from "../base/page.ts";
import type { Act, Question, Snapshot } from "../engine/snapshot.ts";
import { Complaints } from "./complaints.ts";
import type { Engine } from "./engine.ts";
import { list } from "./face/list.ts";
import type { Desk } from "./face/view.ts";
import { dress } from "./language.ts";
import { all, type Trouble } from "./summary.ts";
import { languageSwitch } from "./switch.ts";

/** ".jpg" of "holiday in Dakar.jpg": the rest of the name stays here. */
const extension = (name: string): string => /\.[A-Za-z0-9]{1,5}$/.exec(name)?.[0].toLowerCase() ?? "";

export class Face {
  readonly element: HTMLElement;
  readonly files = new Map<string, File>();
  changed = false;
  private readonly complaints: Complaints;
  private readonly questions: ReturnType<typeof list>;
  private readonly languages: ReturnType<typeof languageSwitch>;
  private readonly body = el("div");
  private snapshot: Snapshot | null = null;
  private waiting = 0;
  private settled: Promise<void> = Promise.resolve();

  constructor(private readonly engine: Engine, private readonly say: Say, media: Record<string, string>, private readonly language: string) {
    this.complaints = new Complaints(say);
    this.questions = list(this.desk(media));
    this.languages = languageSwitch(say, (wanted) => this.tell({ act: "speak", language: wanted }));
    this.body.append(this.questions.element);
    this.element = el("div", { class: "report-face" }, this.languages.element, this.body);
  }

  show(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    this.languages.update(snapshot.languages, snapshot.language);
    dress(this.body, snapshot.language, this.language);
    this.questions.update(snapshot.questions);
  }

  /** Waits until half-typed answers are with the engine and its last word is drawn. */
  async settle(): Promise<void> {
    (document.activeElement as HTMLElement | null)?.dispatchEvent(new Event("change"));
    await this.settled;
  }

  troubles(): Trouble[] {
    this.complaints.tryAll();
    if (this.snapshot) this.show(this.snapshot);
    return all(this.snapshot?.questions ?? []).flatMap((question) => {
      const complaint = this.complaints.judged(question);
      return complaint ? [{ question, complaint }] : [];
    });
  }

  private tell(act: Exclude<Act, { act: "finish" }>): void {
    if (act.act !== "speak") this.changed = true;
    this.waiting += 1;
    const told = this.engine.tell(act).finally(() => (this.waiting -= 1)).then((snapshot) => this.heard(snapshot));
    this.settled = Promise.all([this.settled, told]).then(() => undefined, () => undefined);
  }

  /** While an answer is on its way, what the engine said before it would take back on the page what was just ticked. */
  private heard(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    this.redraw();
  }

  private redraw(): void {
    if (this.snapshot && this.waiting === 0) this.show(this.snapshot);
  }

  private attach(id: string, file: File | null): void {
    if (file) this.files.set(id, file);
    else this.files.delete(id);
    this.tell(file ? { act: "attach", id, extension: extension(file.name), type: file.type } : { act: "set", id, value: null });
  }

  private desk(media: Record<string, string>): Desk {
    return {
      say: this.say, media, depth: 0,
      answer: (id, value) => this.tell({ act: "set", id, value }),
      object: (id, key) => this.complaints.object(id, key),
      attach: (id, file) => this.attach(id, file),
      fileOf: (id) => this.files.get(id) ?? null,
      add: (id) => this.tell({ act: "add", id }),
      remove: (id) => this.tell({ act: "remove", id }),
      complaint: (question: Question) => this.complaints.shown(question),
      touched: (id) => {
        this.complaints.visit(id);
        this.redraw();
      },
    };
  }
}
