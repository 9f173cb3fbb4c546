/** Between two pages the opened key rests in sessionStorage, sealed with a half that only the live server session returns. Neither half suffices. */

import { base64, type Bytes, fromBase64, text, utf8 } from "../base/bytes.ts";
import { page } from "./settings.ts";
import { post } from "./asking.ts";

const PLACE = "sabir.vault";

interface Rested {
  iv: string;
  sealed: string;
  used: number;
}

/** Imported anew each time and never stored: a CryptoKey in IndexedDB leaves its bytes on the disk. */
async function sealingKey(): Promise<CryptoKey> {
  const { half } = await post<{ half: string }>(page.half_url);
  const bytes = fromBase64(half);
  if (bytes.length !== 32) throw new Error("half a key");
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

function rested(): Rested | null {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? "null") as Rested | null;
  } catch {
    return null;
  }
}

export async function rest(secret: string): Promise<void> {
  const iv: Bytes = crypto.getRandomValues(new Uint8Array(12));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await sealingKey(), utf8(secret)));
  const kept: Rested = { iv: base64(iv), sealed: base64(sealed), used: Date.now() };
  sessionStorage.setItem(PLACE, JSON.stringify(kept));
}

/** The secret, or null where nothing rests or the session that could wake it is over. */
export async function wake(): Promise<string | null> {
  const kept = rested();
  if (!kept) return null;
  try {
    const rule = { name: "AES-GCM", iv: fromBase64(kept.iv) };
    return text(new Uint8Array(await crypto.subtle.decrypt(rule, await sealingKey(), fromBase64(kept.sealed))));
  } catch {
    forgetRested();
    return null;
  }
}

export const forgetRested = (): void => sessionStorage.removeItem(PLACE);
export const lastUse = (): number => rested()?.used ?? 0;

export function touch(): void {
  const kept = rested();
  if (kept) sessionStorage.setItem(PLACE, JSON.stringify({ ...kept, used: Date.now() }));
}
