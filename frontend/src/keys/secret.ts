/** A union's secret is an age X25519 identity; its signing key is derived from the same 32 bytes, so there is one thing to keep. */

import { ed25519 } from "@noble/curves/ed25519.js";
import { bech32 } from "@scure/base";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { type Bytes, utf8 } from "../base/bytes.ts";

export const newSecret = (): Promise<string> => generateX25519Identity();
export const recipientOf = (secret: string): Promise<string> => identityToRecipient(secret);

function secretBytes(secret: string): Bytes {
  const { prefix, bytes } = bech32.decodeToBytes(secret);
  if (prefix.toLowerCase() !== "age-secret-key-") throw new Error("not an age identity");
  return new Uint8Array(bytes);
}

export interface SigningKey {
  publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

export async function signingKey(secret: string): Promise<SigningKey> {
  const source = await crypto.subtle.importKey("raw", secretBytes(secret), "HKDF", false, ["deriveBits"]);
  const rule = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8("sabir signing v1") };
  const seed = new Uint8Array(await crypto.subtle.deriveBits(rule, source, 256));
  return { publicKey: ed25519.getPublicKey(seed), sign: (message) => ed25519.sign(message, seed) };
}
