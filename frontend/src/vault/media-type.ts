/** What a file is, by its first bytes: a name or a declared type may lie, and only known pictures, sounds and films are drawn. */

export type Family = "image" | "audio" | "video";

export interface MediaType {
  family: Family;
  type: string;
}

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
const starts = (bytes: Uint8Array, ...first: number[]): boolean => first.every((byte, at) => bytes[at] === byte);
const known = (family: Family, subtype: string): MediaType => ({ family, type: `${family}/${subtype}` });

function riff(bytes: Uint8Array): MediaType | null {
  const kind = ascii(bytes, 8, 12);
  return kind === "WEBP" ? known("image", "webp") : kind === "WAVE" ? known("audio", "wav") : null;
}

/** "M4A " and phones' 3gp recordings are sounds, every other brand a film. */
function isoMedia(bytes: Uint8Array): MediaType {
  const brand = ascii(bytes, 8, 12);
  return brand.startsWith("M4A") || brand.startsWith("3gp") ? known("audio", "mp4") : known("video", "mp4");
}

/** WebM names its codecs in clear near its start: without a picture codec it is a sound. */
function webm(bytes: Uint8Array): MediaType {
  const codecs = new TextDecoder("latin1").decode(bytes.subarray(0, 4096));
  return /V_VP|V_AV1/.test(codecs) ? known("video", "webm") : known("audio", "webm");
}

export function mediaType(bytes: Uint8Array): MediaType | null {
  if (starts(bytes, 0xff, 0xd8, 0xff)) return known("image", "jpeg");
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return known("image", "png");
  if (starts(bytes, 0x1a, 0x45, 0xdf, 0xa3)) return webm(bytes);
  const first = ascii(bytes, 0, 4);
  if (first === "RIFF") return riff(bytes);
  if (first === "OggS") return known("audio", "ogg");
  if (ascii(bytes, 4, 8) === "ftyp") return isoMedia(bytes);
  if (first.startsWith("ID3") || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2)) return known("audio", "mpeg");
  return null;
}
