/** The parts of the face agree on this: a view draws one question, and takes every later state of it. */

import type { Say } from "../../base/page.ts";
import type { Question } from "../../engine/snapshot.ts";

export interface View {
  element: HTMLElement;
  update(question: Question): void;
  remove?(): void;
}

/** A control inside a question. `grouped` ones hold several inputs and need a fieldset around them. */
export interface Control extends View {
  grouped: boolean;
  role?: string;
}

/** What a control may ask of the page. */
export interface Desk {
  say: Say;
  media: Record<string, string>;
  depth: number;
  answer(id: string, value: string | string[] | null): void;
  /** A message in the person's language for what the engine cannot know, such as letters in a number; null takes it back. */
  object(id: string, messageKey: string | null): void;
  attach(id: string, file: File | null): void;
  fileOf(id: string): File | null;
  add(id: string): void;
  remove(id: string): void;
  /** The sentence to show under a question, or "" while it should not be shown yet. */
  complaint(question: Question): string;
  touched(id: string): void;
}

export const domId = (id: string, part = ""): string => `q-${id.replace(/\W+/g, "-")}${part}`;
