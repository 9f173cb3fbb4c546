/** Makes the keys of demonstration unions with the browser's own code. Secrets leave only as wraps. */

import { text } from "node:stream/consumers";
import { base64 } from "../base/bytes.ts";
import { newPassphrase } from "../keys/passphrase.ts";
import { newSecret } from "../keys/secret.ts";
import { firstStatement } from "../keys/statement.ts";
import { wrapSecret } from "../keys/wrap.ts";

interface Union {
  uid: string;
  acronym?: string;
  languages?: string[];
}

async function keysOf(union: Union): Promise<Record<string, string>> {
  const secret = await newSecret();
  const { recipient, signing, statement, signature, fingerprint } = await firstStatement(secret, union.uid);
  const passphrase = newPassphrase(union.languages?.[0] ?? "fr");
  const wrap = base64(await wrapSecret(secret, passphrase));
  return { uid: union.uid, secret_public: recipient, signing_public: signing, statement, signature, fingerprint, passphrase, wrap };
}

const asked = JSON.parse(await text(process.stdin)) as { unions: Union[] };
const unions: Record<string, string>[] = [];
for (const union of asked.unions) unions.push(await keysOf(union));
process.stdout.write(`${JSON.stringify({ unions })}\n`);
