/** Fetches what a form needs. Lists go to the frame as text; pictures and sounds stay addresses. */

import type { Plan, ReportPage } from "./settings.ts";

const LIST = /\.(csv|xml|geojson)$/i;

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${response.status}`);
  return response;
}

async function lists(media: Record<string, string>): Promise<Record<string, string>> {
  const named = Object.entries(media).filter(([name]) => LIST.test(name));
  const texts = await Promise.all(named.map(async ([name, url]) => [name, await (await fetched(url)).text()] as const));
  return Object.fromEntries(texts);
}

export interface Material {
  xml: string;
  plan: Plan;
  frame: string;
  lists: Record<string, string>;
}

export async function material(page: ReportPage): Promise<Material> {
  const [form, plan, frame, held] = await Promise.all([fetched(page.form_url), fetched(page.definition_url), fetched(page.frame_url), lists(page.media)]);
  return { xml: await form.text(), plan: (await plan.json()) as Plan, frame: await frame.text(), lists: held };
}
