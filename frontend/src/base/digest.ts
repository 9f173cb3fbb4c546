import { type Bytes, hex, joined, utf8 } from "./bytes.ts";

export async function sha256Hex(bytes: Bytes): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/** Recognises a resend without keeping the instanceID: SHA-256 over formID, a zero byte, instanceID. */
export const submissionDigest = (form: string, instanceId: string): Promise<string> =>
  sha256Hex(joined(utf8(form), new Uint8Array(1), utf8(instanceId)));

/** The name a sealed file travels under: it says neither what the file is nor whose, yet a resend bears the same one. */
export const fileDigest = (submission: string, fileName: string): Promise<string> =>
  sha256Hex(joined(utf8(submission), new Uint8Array(1), utf8(fileName)));
