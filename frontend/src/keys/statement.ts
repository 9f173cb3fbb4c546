/** The key statement: what devices, holders and sister unions pin. */

import { hex, utf8 } from "../base/bytes.ts";
import { sha256Hex } from "../base/digest.ts";
import { recipientOf, signingKey } from "./secret.ts";

export interface SignedStatement {
  recipient: string;
  signing: string;
  statement: string;
  signature: string;
  fingerprint: string;
}

/** Keys in alphabetical order and no spaces, so that the same statement is the same bytes everywhere. */
export function statementText(union: string, epoch: number, previous: string | null, recipient: string, signing: string): string {
  return JSON.stringify({ epoch, previous, recipient, sabir: 1, signing, union });
}

/** Twenty hex digits in groups of four: short enough to compare aloud, long enough not to be forged. */
export async function fingerprintOf(statement: string): Promise<string> {
  const digest = await sha256Hex(utf8(statement));
  return (digest.slice(0, 20).match(/.{4}/g) ?? []).join(" ");
}

export async function firstStatement(secret: string, union: string): Promise<SignedStatement> {
  const recipient = await recipientOf(secret);
  const key = await signingKey(secret);
  const signing = hex(key.publicKey);
  const statement = statementText(union, 1, null, recipient, signing);
  const signature = hex(key.sign(utf8(statement)));
  return { recipient, signing, statement, signature, fingerprint: await fingerprintOf(statement) };
}
