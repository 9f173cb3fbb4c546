/** Sorts the answers by class. Whatever is not a declared fact with a coded value is sealed, whatever its type. */

import type { Answers, EnvelopeKind } from "../../seal/part.ts";
import type { Column, DataClass, Plan } from "../settings.ts";
import type { Leaf } from "./leaves.ts";

export type SealedClass = Exclude<DataClass, "fact">;

export interface Split {
  facts: Answers;
  sealed: Record<EnvelopeKind, Answers>;
}

const MONTH = /^((?:19|20)\d{2}-(?:0[1-9]|1[0-2]))(?:-\d{2})?$/;

/** What of an answer may stand in clear, and what of it is none of the form's codes and so is sealed. */
export function factValue(column: Column, value: string): { clear: string; rest: string } {
  if (column.month) {
    const month = MONTH.exec(value)?.[1] ?? "";
    return { clear: month, rest: month ? "" : value };
  }
  const offered = (code: string): boolean => column.choices?.includes(code) ?? false;
  if (column.kind !== "select") return offered(value) ? { clear: value, rest: "" } : { clear: "", rest: value };
  const codes = [...new Set(value.split(/\s+/))];
  return { clear: codes.filter(offered).join(" "), rest: codes.filter((code) => !offered(code)).join(" ") };
}

const byPath = (plan: Plan): Map<string, Column> => new Map(plan.columns.map((column) => [column.path, column]));

/** Undeclared leaves (meta, calculations, what a later engine adds) are details. */
export function classOf(column: Column | undefined): SealedClass {
  return column && column.class !== "fact" ? column.class : "detail";
}

export const noAnswers = (): Split => ({ facts: {}, sealed: { finder: {}, identity: {}, narrative: {}, detail: {} } });

function keepFact({ facts, sealed }: Split, path: string, column: Column, value: string): void {
  const { clear, rest } = factValue(column, value);
  if (clear) facts[path] = clear;
  if (rest) sealed.detail[path] = rest;
}

export function split(leaves: readonly Leaf[], plan: Plan): Split {
  const columns = byPath(plan);
  const found = noAnswers();
  for (const { path, plain, value } of leaves) {
    const column = columns.get(plain ?? "");
    if (column?.class === "fact") keepFact(found, path, column, value);
    else {
      found.sealed[classOf(column)][path] = value;
      if (column?.finder && column.class === "identity") found.sealed.finder[path] = value;
    }
  }
  return found;
}

const CONSENT = "consent_record";

/** She said "do not write this down": only that answer travels, and nothing is kept of the rest. */
export function onlyTheRefusal(leaves: readonly Leaf[], plan: Plan): Split | null {
  const column = plan.columns.find(({ name, repeat }) => name === CONSENT && !repeat);
  const refusal = leaves.find(({ plain, value }) => plain === column?.path && value === "no");
  return column?.class === "fact" && refusal ? { ...noAnswers(), facts: { [refusal.path]: "no" } } : null;
}

/** The class of the file that an answer names. */
export function fileClass(fileName: string, leaves: readonly Leaf[], plan: Plan): SealedClass {
  const columns = byPath(plan);
  const leaf = leaves.find(({ value, plain }) => value === fileName && columns.has(plain ?? ""));
  return classOf(columns.get(leaf?.plain ?? ""));
}
