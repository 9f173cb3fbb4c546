/** Says what is wrong with an answer once it was visited or a sending was tried, never while someone is still typing. */

import type { Say } from "../base/page.ts";
import type { Question } from "../engine/snapshot.ts";

const SENTENCES = { required: "missing", constraint: "not_accepted" } as const;

export class Complaints {
  private readonly objections = new Map<string, string>();
  private readonly visited = new Set<string>();
  private tried = false;

  constructor(private readonly say: Say) {}

  object(id: string, messageKey: string | null): void {
    if (messageKey) this.objections.set(id, messageKey);
    else this.objections.delete(id);
  }

  visit(id: string): void {
    this.visited.add(id);
  }

  tryAll(): void {
    this.tried = true;
  }

  /** Whatever keeps the report from being sent, shown or not. */
  judged(question: Question): string {
    const objection = this.objections.get(question.id);
    if (objection) return this.say(objection);
    const { violation } = question;
    return violation ? violation.message || this.say(SENTENCES[violation.condition]) : "";
  }

  shown(question: Question): string {
    const known = this.tried || this.objections.has(question.id) || (this.visited.has(question.id) && question.violation?.condition === "constraint");
    return known ? this.judged(question) : "";
  }
}
