/** Fills in, seals and posts reports with the modules of the front end, on the page that uses them, without its face. */

import { pageSettings } from "../../frontend/src/base/page.ts";
import type { Question, Snapshot } from "../../frontend/src/engine/snapshot.ts";
import { Engine } from "../../frontend/src/report/engine.ts";
import { material, type Material } from "../../frontend/src/report/fetching.ts";
import { Sending } from "../../frontend/src/report/send/sending.ts";
import type { ReportPage } from "../../frontend/src/report/settings.ts";
import { all } from "../../frontend/src/report/summary.ts";

interface Told {
  answers: Record<string, string>;
  files: Record<string, { name: string; bytes: string }>;
}

const page = pageSettings<ReportPage>("report-page")!;
let held: Material;
let engine: Engine;
let filled: string | null = null;

export async function begin(): Promise<void> {
  held = await material(page);
  engine = await Engine.start(held.frame);
}

const at = (snapshot: Snapshot, path: string): Question | undefined => all(snapshot.questions).find(({ reference }) => reference.endsWith(`/${path}`));

async function byEngine({ answers }: Told): Promise<string> {
  let snapshot = await engine.tell({ act: "load", xml: held.xml, media: held.lists, language: page.language });
  for (const [path, value] of Object.entries(answers)) {
    const question = at(snapshot, path);
    if (!question) throw new Error(`no question ${path}`);
    const several = held.plan.columns.find((column) => column.path === path)?.kind === "select";
    snapshot = await engine.tell({ act: "set", id: question.id, value: several ? value.split(" ") : value });
  }
  return (await engine.finish()).xml;
}

/** The engine's own instance of the first report, with the answers and the id of another. */
function rewritten(xml: string, { answers, files }: Told): string {
  const instance = new DOMParser().parseFromString(xml, "application/xml");
  const node = (path: string): Element | undefined =>
    path.split("/").reduce<Element | undefined>((parent, name) => Array.from(parent?.children ?? []).find(({ localName }) => localName === name), instance.documentElement);
  const write = (path: string, value: string): void => {
    const found = node(path);
    if (!found) throw new Error(`no node ${path}`);
    found.textContent = value;
  };
  for (const column of held.plan.columns) if (node(column.path)) write(column.path, answers[column.path] ?? files[column.path]?.name ?? "");
  write("meta/instanceID", `uuid:${crypto.randomUUID()}`);
  return new XMLSerializer().serializeToString(instance);
}

const bytes = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

/** The first report goes through the engine, question by question; the others reuse its instance, which is what takes long. */
export async function send(told: Told): Promise<object> {
  const first = filled === null;
  filled ??= await byEngine(told);
  const xml = first && !Object.keys(told.files).length ? filled : rewritten(filled, told);
  const sending = new Sending(page, held.plan);
  const attachments = Object.values(told.files).map(({ name, bytes: content }) => ({ name, file: new Blob([bytes(content)]) }));
  const sealed = await sending.seal({ xml, uploads: [], violations: [] }, attachments);
  const answer = await sending.post(sealed, () => undefined);
  const instance = /<[^>]*instanceID[^>]*>([^<]+)</.exec(xml)?.[1] ?? "";
  return { ...answer, instance, ...(answer.kept ?? {}) };
}
