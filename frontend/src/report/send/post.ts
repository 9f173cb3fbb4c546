/** Posts a sealed report. XMLHttpRequest, because only it says how much has left a slow line. */

import type { Bundle } from "./bundle.ts";

export interface Kept {
  kept: boolean;
  number?: string;
  url?: string;
}

/** `status` 0 means that the line failed; `text` is the server's own sentence, if it sent one. */
export interface Answer {
  status: number;
  kept: Kept | null;
  text: string;
}

function body({ report, files }: Bundle): FormData {
  const form = new FormData();
  form.append("report", new Blob([JSON.stringify(report)], { type: "application/json" }), "report.json");
  for (const [digest, bytes] of files) form.append(digest, new Blob([bytes], { type: "application/octet-stream" }), digest);
  return form;
}

/** A page in place of the answer: the session ended and the server shows its sign-in. */
const redirected = (request: XMLHttpRequest): boolean => request.status === 200 && /html/.test(request.getResponseHeader("Content-Type") ?? "");

function answer(request: XMLHttpRequest): Answer {
  const { status } = request;
  let said: Partial<Kept> & { text?: string } = {};
  try {
    said = JSON.parse(request.responseText) as typeof said;
  } catch {
    // an error page of something between us and the server: its status has to do
  }
  const kept = status >= 200 && status < 300 && typeof said.kept === "boolean" ? (said as Kept) : null;
  return { status: kept || status >= 300 ? status : redirected(request) ? 403 : 0, kept, text: typeof said.text === "string" ? said.text : "" };
}

export function post(url: string, csrf: string, sealed: Bundle, progress: (part: number) => void): Promise<Answer> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", csrf);
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onloadend = () => done(answer(request));
    request.send(body(sealed));
  });
}

/** What to do next, for each way a sending can fail. */
export function adviceKey(status: number): string {
  if (status === 0 || status === 408 || status === 504) return "offline";
  if (status === 401 || status === 403) return "signed_out";
  if (status === 409) return "conflict";
  if (status === 413) return "too_large";
  return status >= 500 || status === 429 ? "server_failed" : "refused";
}
