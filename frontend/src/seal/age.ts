/** The two acts of age that Sabir uses: seal to a list of recipients, open with one identity. */

import { Decrypter, Encrypter } from "age-encryption";
import type { Bytes } from "../base/bytes.ts";
import { Refused } from "../base/refused.ts";

export async function sealed(clear: Bytes, recipients: readonly string[]): Promise<Bytes> {
  if (recipients.length === 0) throw new Error("nobody to seal to");
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return (await encrypter.encrypt(clear)) as Bytes;
}

export async function opened(age: Uint8Array, identity: string): Promise<Bytes> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return (await decrypter.decrypt(age)) as Bytes;
  } catch {
    throw new Refused("other_key");
  }
}
