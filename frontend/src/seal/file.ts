/** A sealed file: one line that names where it belongs, the file's bytes, padding. */

import { type Bytes, joined, text, utf8 } from "../base/bytes.ts";
import { Refused } from "../base/refused.ts";
import { opened, sealed } from "./age.ts";
import { padFile, unpadFile } from "./padding.ts";
import { checkPlace, partText, type Place } from "./part.ts";

export interface OpenedFile {
  name: string;
  bytes: Uint8Array;
}

export function sealFile(bytes: Uint8Array, name: string, place: Place, recipients: readonly string[]): Promise<Bytes> {
  const firstLine = utf8(`${partText("file", place, { name })}\n`);
  return sealed(padFile(joined(firstLine, bytes)), recipients);
}

export async function openFile(age: Uint8Array, identity: string, place: Place): Promise<OpenedFile> {
  const clear = unpadFile(await opened(age, identity));
  const end = clear.indexOf(0x0a);
  if (end < 0) throw new Refused("damaged");
  const found = JSON.parse(text(clear.subarray(0, end))) as Record<string, unknown>;
  checkPlace(found, "file", place);
  return { name: String(found.name), bytes: clear.subarray(end + 1) };
}
