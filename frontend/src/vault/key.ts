/** The union's opened key, for as long as this page holds it. */

import { fromBase64 } from "../base/bytes.ts";
import { Refused } from "../base/refused.ts";
import { unwrapSecret } from "../keys/wrap.ts";
import { get, postAndLeave } from "./asking.ts";
import { forgetRested, lastUse, rest, wake } from "./half.ts";
import { page } from "./settings.ts";

export const IDLE = 15 * 60 * 1000; // milliseconds without use after which the key closes by itself
export const OPENED = "sabir:opened";
export const LOCKED = "sabir:locked";

interface Wrap {
  id: number;
  age: string;
  recipient: string;
  epoch: number;
}

let secret: string | null = null;
const others = new BroadcastChannel("sabir.vault");

/** A refusal that says more than "not this one" is worth telling, so it wins over a mere wrong passphrase. */
function worst(reasons: unknown[]): unknown {
  const telling = reasons.find((reason) => !(reason instanceof Refused && reason.key === "wrong_passphrase"));
  return telling ?? reasons[0] ?? new Refused("no_wraps");
}

export async function openKey(passphrase: string): Promise<void> {
  const { wraps } = await get<{ wraps: Wrap[] }>(page.wraps_url);
  const reasons: unknown[] = [];
  for (const wrap of wraps) {
    try {
      secret = await unwrapSecret(fromBase64(wrap.age), passphrase, wrap.recipient);
      break;
    } catch (reason) {
      reasons.push(reason);
    }
  }
  if (!secret) throw worst(reasons);
  await rest(secret).catch(() => undefined);
  document.dispatchEvent(new Event(OPENED));
}

/** The key if it is open, here or on the page before this one. */
export async function theKey(): Promise<string | null> {
  if (!secret && lastUse() && Date.now() - lastUse() < IDLE) secret = await wake();
  return secret;
}

export const isOpen = (): boolean => secret !== null;

function forget(): void {
  secret = null;
  forgetRested();
  document.dispatchEvent(new Event(LOCKED));
}

/** Closes the key in every tab and destroys the server's half. */
export function lock(): Promise<unknown> {
  forget();
  others.postMessage("lock");
  return postAndLeave(page.lock_url);
}

/** A page that is put aside may come back from the browser's memory: it must come back sealed. */
export function putAside(): void {
  secret = null;
  document.dispatchEvent(new Event(LOCKED));
}

others.onmessage = forget;
