/** Seals one report whole, before anything leaves the page. */

import { base64, type Bytes, utf8 } from "../../base/bytes.ts";
import { fileDigest, sha256Hex, submissionDigest } from "../../base/digest.ts";
import { sealFile } from "../../seal/file.ts";
import { type Answers, type EnvelopeKind, ENVELOPE_KINDS, type Place, sealPart } from "../../seal/part.ts";
import type { Plan, ReportPage } from "../settings.ts";
import { instanceId, type Leaf } from "./leaves.ts";
import { fileClass, onlyTheRefusal, type SealedClass, split } from "./split.ts";

export interface Attachment {
  name: string;
  file: Blob;
}

export interface SealedReport {
  form: string;
  version: string;
  submission: string;
  raw: string;
  facts: string;
  recipient: string;
  epoch: number;
  sealed: Record<EnvelopeKind, string>;
  files: Record<string, { class: SealedClass }>;
}

export interface Bundle {
  report: SealedReport;
  files: Map<string, Bytes>;
}

type Keys = Pick<ReportPage, "union" | "union_key" | "receiving_key">;

async function envelopes(parts: Record<EnvelopeKind, Answers>, place: Place, recipients: string[]): Promise<Record<EnvelopeKind, string>> {
  const sealed = ENVELOPE_KINDS.map(async (kind) => [kind, base64(await sealPart(kind, place, parts[kind], recipients))] as const);
  return Object.fromEntries(await Promise.all(sealed)) as Record<EnvelopeKind, string>;
}

/** One after another: two large photos at once are more than an old phone's memory. */
async function sealedFiles(attachments: Attachment[], place: Place, recipients: string[]): Promise<Map<string, Bytes>> {
  const files = new Map<string, Bytes>();
  for (const { name, file } of attachments) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    files.set(await fileDigest(place.submission, name), await sealFile(bytes, name, place, recipients));
  }
  return files;
}

async function fileClasses(attachments: Attachment[], leaves: Leaf[], plan: Plan, submission: string): Promise<SealedReport["files"]> {
  const named = attachments.map(async ({ name }) => [await fileDigest(submission, name), { class: fileClass(name, leaves, plan) }] as const);
  return Object.fromEntries(await Promise.all(named));
}

export async function bundle(xml: string, leaves: Leaf[], attached: Attachment[], plan: Plan, keys: Keys): Promise<Bundle> {
  const refusal = onlyTheRefusal(leaves, plan);
  const { facts, sealed } = refusal ?? split(leaves, plan);
  const attachments = refusal ? [] : attached;
  const submission = await submissionDigest(plan.form_id, instanceId(leaves));
  const place: Place = { union: keys.union, form: plan.form_id, version: plan.version, submission };
  const { recipient, epoch } = keys.union_key;
  const report: SealedReport = {
    form: plan.form_id, version: plan.version, submission, raw: await sha256Hex(utf8(xml)),
    facts: base64(await sealPart("facts", place, facts, [keys.receiving_key])),
    recipient, epoch,
    sealed: await envelopes(sealed, place, [recipient]),
    files: await fileClasses(attachments, leaves, plan, submission),
  };
  return { report, files: await sealedFiles(attachments, place, [recipient]) };
}
