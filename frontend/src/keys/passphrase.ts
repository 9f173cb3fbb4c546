/** Generated passphrases: 77 bits or more, in a language the holder reads. */

import { wordlist as english } from "@scure/bip39/wordlists/english.js";
import { wordlist as french } from "@scure/bip39/wordlists/french.js";
import { wordlist as italian } from "@scure/bip39/wordlists/italian.js";
import { wordlist as portuguese } from "@scure/bip39/wordlists/portuguese.js";
import { wordlist as spanish } from "@scure/bip39/wordlists/spanish.js";
import { spelling } from "./spelling.ts";

export const WORDS: Record<string, readonly string[]> = { fr: french, en: english, es: spanish, it: italian, pt: portuguese };

/** Eleven bits a word: the lists hold 2048, so no remainder favours a word. */
function words(list: readonly string[]): string {
  const drawn = crypto.getRandomValues(new Uint16Array(7));
  return Array.from(drawn, (number) => list[number & 2047] ?? "").join(" ");
}

/** A byte above 249 is thrown away, because 256 is no multiple of ten. */
function digits(count: number): string {
  let drawn = "";
  while (drawn.length < count) {
    for (const byte of crypto.getRandomValues(new Uint8Array(count))) {
      if (byte < 250 && drawn.length < count) drawn += String(byte % 10);
    }
  }
  return drawn;
}

/** Seven words of the language's BIP-39 list; 24 digits for Arabic, which has no list. Shown exactly as it is used. */
export function newPassphrase(language: string): string {
  if (language === "ar") return spelling(digits(24));
  return spelling(words(WORDS[language] ?? french));
}
