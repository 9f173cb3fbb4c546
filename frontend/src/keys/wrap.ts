/** A wrap: the union's secret sealed with a holder's passphrase, as an age scrypt file. */

import { Decrypter, Encrypter } from "age-encryption";
import type { Bytes } from "../base/bytes.ts";
import { Refused } from "../base/refused.ts";
import { recipientOf } from "./secret.ts";
import { spelling } from "./spelling.ts";

const MADE_WITH = 15; // 32 MB of memory: what a phone with 1 GB can spare
const MOST = 16; // above it a false wrap would freeze the phone instead of failing

export async function wrapSecret(secret: string, passphrase: string): Promise<Bytes> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(spelling(passphrase));
  encrypter.setScryptWorkFactor(MADE_WITH);
  return (await encrypter.encrypt(secret)) as Bytes;
}

/** Reads the cost from the header before any work is done. */
export function checkCost(wrap: Uint8Array): void {
  const header = new TextDecoder("latin1").decode(wrap.subarray(0, 400));
  const stanza = /^age-encryption\.org\/v1\n-> scrypt [A-Za-z0-9+/]+ ([0-9]{1,3})\n/.exec(header);
  if (!stanza) throw new Refused("wrap_unreadable");
  if (Number(stanza[1]) > MOST) throw new Refused("wrap_too_costly");
}

/** The secret, after making sure that it is the one the union published. */
export async function unwrapSecret(wrap: Uint8Array, passphrase: string, recipient: string): Promise<string> {
  checkCost(wrap);
  const decrypter = new Decrypter();
  decrypter.addPassphrase(spelling(passphrase));
  const secret = await decrypter.decrypt(wrap, "text").catch(() => {
    throw new Refused("wrong_passphrase");
  });
  if ((await recipientOf(secret)) !== recipient) throw new Refused("other_recipient");
  return secret;
}
