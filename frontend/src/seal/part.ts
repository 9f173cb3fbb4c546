/** A sealed part: a JSON text that names where it belongs, padded, then sealed with age. */

import { type Bytes, text, utf8 } from "../base/bytes.ts";
import { Refused } from "../base/refused.ts";
import { opened, sealed } from "./age.ts";
import { padJson } from "./padding.ts";

export type EnvelopeKind = "finder" | "identity" | "narrative" | "detail";
export type PartKind = EnvelopeKind | "facts";
export const ENVELOPE_KINDS: readonly EnvelopeKind[] = ["finder", "identity", "narrative", "detail"];

/** Where a part belongs. `union` is 32 hex digits, `submission` the digest of its submission. */
export interface Place {
  union: string;
  form: string;
  version: string;
  submission: string;
}

export type Answers = Record<string, string>;

export function partText(kind: string, place: Place, rest: object): string {
  const { union, form, version, submission } = place;
  return JSON.stringify({ sabir: 1, kind, union, form, version, submission, ...rest });
}

export const sealPart = (kind: PartKind, place: Place, data: Answers, recipients: readonly string[]): Promise<Bytes> =>
  sealed(padJson(utf8(partText(kind, place, { data }))), recipients);

/** Refuses a part that was moved: another case's story must not be shown under this number. */
export function checkPlace(found: Record<string, unknown>, kind: string, place: Place): void {
  const expected: Record<string, unknown> = { sabir: 1, kind, ...place };
  for (const name of ["sabir", "kind", "union", "form", "version", "submission"]) {
    if (found[name] !== expected[name]) throw new Refused("misplaced");
  }
}

export async function openPart(age: Uint8Array, identity: string, kind: PartKind, place: Place): Promise<Answers> {
  const found = JSON.parse(text(await opened(age, identity))) as Record<string, unknown>;
  checkPlace(found, kind, place);
  return found.data as Answers;
}
