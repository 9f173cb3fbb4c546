/** Requests of the vault: with the session, with the token, and with a refusal a person can act on. */

import type { Bytes } from "../base/bytes.ts";
import { Refused } from "../base/refused.ts";
import { page } from "./settings.ts";

const REFUSALS: Record<number, string> = { 401: "signed_out", 403: "forbidden", 404: "not_here" };

async function asked(url: string, options: RequestInit): Promise<Response> {
  const response = await fetch(url, { credentials: "same-origin", cache: "no-store", ...options }).catch(() => {
    throw new Refused("offline");
  });
  if (response.redirected) throw new Refused("signed_out");
  if (!response.ok) throw new Refused(REFUSALS[response.status] ?? "failed");
  return response;
}

export const get = async <Answer>(url: string): Promise<Answer> => (await asked(url, {})).json() as Promise<Answer>;

export const getBytes = async (url: string): Promise<Bytes> => new Uint8Array(await (await asked(url, {})).arrayBuffer());

export const post = async <Answer>(url: string): Promise<Answer> =>
  (await asked(url, { method: "POST", headers: { "X-CSRFToken": page.csrf } })).json() as Promise<Answer>;

/** Outlives the page: a key must be forgotten by the server even when the tab is being closed. */
export const postAndLeave = (url: string): Promise<unknown> =>
  fetch(url, { method: "POST", headers: { "X-CSRFToken": page.csrf }, credentials: "same-origin", keepalive: true }).catch(() => undefined);
