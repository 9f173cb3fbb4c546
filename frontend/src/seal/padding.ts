/** Lengths that tell little: text in three sizes, files by Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", 2019). */

import { type Bytes, joined } from "../base/bytes.ts";
import { Refused } from "../base/refused.ts";

const STEPS = [1024, 4096, 16384];

/** The next length that keeps only log2(log2 n) + 1 leading bits of n; at most 12 % above it. */
export function padme(length: number): number {
  if (length < 2) return length;
  const exponent = Math.floor(Math.log2(length));
  const kept = Math.floor(Math.log2(exponent)) + 1;
  const grain = 2 ** Math.max(exponent - kept, 0);
  return Math.ceil(length / grain) * grain;
}

/** Spaces at the end, because JSON ignores them and any reader of an opened part can. */
export function padJson(bytes: Uint8Array): Bytes {
  const length = STEPS.find((step) => bytes.length <= step) ?? padme(bytes.length);
  return joined(bytes, new Uint8Array(length - bytes.length).fill(0x20));
}

/** One byte 0x80, then zeros: a file may itself end in zeros, so its end has to be marked. */
export function padFile(bytes: Uint8Array): Bytes {
  const marked = bytes.length + 1;
  const padding = new Uint8Array(padme(marked) - bytes.length);
  padding[0] = 0x80;
  return joined(bytes, padding);
}

export function unpadFile(bytes: Uint8Array): Uint8Array {
  let end = bytes.length - 1;
  while (end >= 0 && bytes[end] === 0) end -= 1;
  if (end < 0 || bytes[end] !== 0x80) throw new Refused("damaged");
  return bytes.subarray(0, end);
}
