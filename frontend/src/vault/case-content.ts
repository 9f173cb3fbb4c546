/** Fetches a dossier's sealed parts and opens them, all or none. */

import { fromBase64 } from "../base/bytes.ts";
import { Refused } from "../base/refused.ts";
import type { Column } from "../report/settings.ts";
import { type Answers, type EnvelopeKind, openPart, type Place } from "../seal/part.ts";
import { post } from "./asking.ts";

export interface FileEntry {
  id: string | number;
  class: string;
  url: string;
}

export interface SealedCase extends Place {
  envelopes: { kind: EnvelopeKind; age: string }[];
  files: FileEntry[];
  columns: Column[];
  language: string;
}

export interface OpenedCase {
  sealed: SealedCase;
  parts: Map<EnvelopeKind, Answers>;
  /** The column each file was answered in, by the file's name: known to who holds the key, and to the server never. */
  named: Map<string, Column>;
}

const plain = (path: string): string => path.replace(/\[\d+\]/g, "");

export const columnOf = (sealed: SealedCase, path: string): Column | undefined => sealed.columns.find((column) => column.path === plain(path));

const FILES = new Set(["image", "audio", "video", "file", "signature", "draw", "annotate"]);
export const isFile = (column: Column | undefined): boolean => FILES.has(column?.kind ?? "");

function namedFiles(sealed: SealedCase, parts: Map<EnvelopeKind, Answers>): Map<string, Column> {
  const answers = [...parts.values()].flatMap((part) => Object.entries(part));
  const known = answers.map(([path, value]) => [value, columnOf(sealed, path)] as const);
  return new Map(known.filter((pair): pair is [string, Column] => isFile(pair[1])));
}

/** Before a file is opened its column is known only where its class has a single one. */
export function likelyColumn(entry: FileEntry, { sealed, named }: OpenedCase): Column | undefined {
  const alike = sealed.files.filter((file) => file.class === entry.class);
  const columns = [...named.values()].filter((column) => column.class === entry.class);
  return alike.length === 1 && columns.length === 1 ? columns[0] : undefined;
}

export async function openCase(src: string, key: string): Promise<OpenedCase> {
  const sealed = await post<SealedCase>(src);
  const parts = new Map<EnvelopeKind, Answers>();
  for (const { kind, age } of sealed.envelopes) {
    if (parts.has(kind)) throw new Refused("misplaced");
    parts.set(kind, await openPart(fromBase64(age), key, kind, sealed));
  }
  return { sealed, parts, named: namedFiles(sealed, parts) };
}
