/** Opened answers as rows of label and value, in the form's own order. */

import { el } from "../base/element.ts";
import type { Column } from "../report/settings.ts";
import type { Answers } from "../seal/part.ts";
import { columnOf, isFile, type SealedCase } from "./case-content.ts";
import { say } from "./settings.ts";

const spoken = (labels: Record<string, string> | undefined, language: string): string | undefined =>
  labels?.[language] || labels?.fr || Object.values(labels ?? {})[0];

/** "(2)" after the label of the second instance of a repeat. */
function labelOf(path: string, column: Column | undefined, language: string): string {
  const label = spoken(column?.labels, language) ?? column?.name ?? path;
  const numbers = [...path.matchAll(/\[(\d+)\]/g)].map((found) => found[1]);
  return numbers.length ? `${label} (${numbers.join(".")})` : label;
}

function choiceOf(code: string, column: Column, language: string): string {
  const own = spoken(column.choice_labels?.[code], language);
  if (own) return own;
  return column.choices?.includes(code) && (code === "yes" || code === "no") ? say(code) : code;
}

function valueOf(value: string, column: Column | undefined, language: string): string {
  if (!column?.choices?.length) return value;
  const codes = column.kind.startsWith("select") && !/^select(1|_one)$/.test(column.kind) ? value.split(/\s+/) : [value];
  return codes.map((code) => choiceOf(code, column, language)).join(", ");
}

/** One row of `<dl>`. Nothing in it is sent to a translator or a spelling service. */
function row(label: string, value: string): HTMLElement[] {
  const shown = el("bdi", { translate: "no", spellcheck: "false" }, value);
  return [el("dt", {}, label), el("dd", { class: "sealed-field" }, shown)];
}

export function rows(answers: Answers, sealed: SealedCase): HTMLElement | null {
  const order = (path: string): number => {
    const column = columnOf(sealed, path);
    return column ? sealed.columns.indexOf(column) : sealed.columns.length;
  };
  const shown = Object.keys(answers).filter((path) => !path.startsWith("meta/") && !isFile(columnOf(sealed, path)));
  if (shown.length === 0) return null;
  shown.sort((one, other) => order(one) - order(other) || one.localeCompare(other, "en", { numeric: true }));
  return el("dl", {}, ...shown.flatMap((path) => {
    const column = columnOf(sealed, path);
    return row(labelOf(path, column, sealed.language), valueOf(answers[path] ?? "", column, sealed.language));
  }));
}

export const fileLabel = (column: Column | undefined, language: string): string => spoken(column?.labels, language) ?? say("file");
