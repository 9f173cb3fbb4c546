/** Sorts the answers by class. Whatever is not a declared fact with a coded value is sealed, whatever its type. */

import type { Answers, EnvelopeKind } from "../../seal/part.ts";
import type { Column, DataClass, Plan } from "../settings.ts";
import type { Leaf } from "./leaves.ts";

export type SealedClass = Exclude<DataClass, "fact">;

export interface Split {
  facts: Answers;
  sealed: Record<EnvelopeKind, Answers>;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])(-\d{2})?$/;

/** The value a fact may show in clear, or null where it is none of the listed choices and no month. */
export function factValue(column: Column, value: string): string | null {
  if (column.month) return MONTH.test(value) ? value.slice(0, 7) : null;
  const choices = column.choices ?? [];
  const chosen = column.kind === "select" || column.kind === "select_multiple" ? value.split(/\s+/) : [value];
  return chosen.every((code) => choices.includes(code)) ? value : null;
}

const byPath = (plan: Plan): Map<string, Column> => new Map(plan.columns.map((column) => [column.path, column]));

/** Undeclared leaves (meta, calculations, what a later engine adds) are details. */
export function classOf(column: Column | undefined): SealedClass {
  return column && column.class !== "fact" ? column.class : "detail";
}

export function split(leaves: readonly Leaf[], plan: Plan): Split {
  const columns = byPath(plan);
  const found: Split = { facts: {}, sealed: { finder: {}, identity: {}, narrative: {}, detail: {} } };
  for (const { path, plain, value } of leaves) {
    if (value === "") continue;
    const column = columns.get(plain);
    const fact = column?.class === "fact" ? factValue(column, value) : null;
    if (fact !== null) found.facts[path] = fact;
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
  const columns = byPath(plan);
  const refusal = leaves.find(({ plain, name, value }) => name === CONSENT && value === "no" && columns.get(plain)?.class === "fact");
  return refusal ? { facts: { [refusal.path]: "no" }, sealed: { finder: {}, identity: {}, narrative: {}, detail: {} } } : null;
}

/** The class of the file that an answer names. */
export function fileClass(fileName: string, leaves: readonly Leaf[], plan: Plan): SealedClass {
  const columns = byPath(plan);
  const leaf = leaves.find(({ value, plain }) => value === fileName && columns.has(plain));
  return classOf(leaf && columns.get(leaf.plain));
}
