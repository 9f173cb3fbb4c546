/** How a passphrase is spelled before it becomes a key: what a person types on any keyboard must give the same bytes. */

const EASTERN_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

export const westernDigits = (typed: string): string => typed.replace(EASTERN_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf));

/** Words lose their accents and capitals, digits come in groups of four, whatever stood between them. */
export function spelling(typed: string): string {
  const plain = westernDigits(typed).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const digits = plain.replace(/[^\d\p{L}]/gu, "");
  if (/^\d+$/.test(digits)) return (digits.match(/\d{1,4}/g) ?? []).join(" ");
  return plain.replace(/[^\p{L}\d]+/gu, " ").trim();
}
