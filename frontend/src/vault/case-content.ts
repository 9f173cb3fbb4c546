/** Fetches a dossier's sealed parts and opens them, all or none. */

import { fromBase64 } from "../base/bytes.ts";
import { fileDigest } from "../base/digest.ts";
import { Refused } from "../base/refused.ts";
import type { Column } from "../report/settings.ts";
import { type Answers, type EnvelopeKind, openPart, type Place } from "../seal/part.ts";
import { post } from "./asking.ts";

export interface FileEntry {
  id: string;
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
  /** The column each file was answered in, by the file's id. */
  named: Map<string, Column>;
}

const plain = (path: string): string => path.replace(/\[\d+\]/g, "");

export const columnOf = (sealed: SealedCase, path: string): Column | undefined => sealed.columns.find((column) => column.path === plain(path));

const FILES = new Set(["image", "audio", "video", "file", "signature", "draw", "annotate"]);
export const isFile = (column: Column | undefined): boolean => FILES.has(column?.kind ?? "");

async function namedFiles(sealed: SealedCase, parts: Map<EnvelopeKind, Answers>): Promise<Map<string, Column>> {
  const named = new Map<string, Column>();
  for (const answers of parts.values()) {
    for (const [path, value] of Object.entries(answers)) {
      const column = columnOf(sealed, path);
      if (column && isFile(column)) named.set(await fileDigest(sealed.submission, value), column);
    }
  }
  return named;
}

export async function openCase(src: string, key: string): Promise<OpenedCase> {
  const sealed = await post<SealedCase>(src);
  const parts = new Map<EnvelopeKind, Answers>();
  for (const { kind, age } of sealed.envelopes) {
    if (parts.has(kind)) throw new Refused("misplaced");
    parts.set(kind, await openPart(fromBase64(age), key, kind, sealed));
  }
  return { sealed, parts, named: await namedFiles(sealed, parts) };
}
