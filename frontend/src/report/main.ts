/** The page where a report is written, sealed and sent. It evaluates nothing: the engine lives in its frame. */

import { report } from "../../texts.json";
import { el } from "../base/element.ts";
import { pageSettings, type Say, speaker } from "../base/page.ts";
import { DeskPage } from "./desk-page.ts";
import { Engine } from "./engine.ts";
import { Face } from "./face.ts";
import { material } from "./fetching.ts";
import css from "./report.css";
import { Sending } from "./send/sending.ts";
import type { ReportPage } from "./settings.ts";

function style(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

function notice(mount: HTMLElement, words: string, wrong: boolean): void {
  const line = wrong ? el("p", { class: "err", role: "alert" }, words) : el("div", { role: "status" }, el("p", {}, words), el("progress", { "aria-label": words }));
  mount.replaceChildren(el("div", { class: "wrap slim flow" }, line));
}

async function open(page: ReportPage, mount: HTMLElement, say: Say): Promise<void> {
  const { xml, plan, frame, lists } = await material(page);
  const engine = await Engine.start(frame);
  const face = new Face(engine, say, page.media, page.language);
  face.show(await engine.tell({ act: "load", xml, media: lists, language: page.language }));
  const title = plan.title?.[page.language] ?? Object.values(plan.title ?? {})[0] ?? plan.form_id;
  new DeskPage(mount, face, engine, new Sending(page, plan), say).lay(title, page.union_key.fingerprint);
}

const page = pageSettings<ReportPage>("report-page");
const mount = document.querySelector<HTMLElement>("[data-report]") ?? document.querySelector<HTMLElement>("main");
if (page && mount) {
  const say = speaker(report, page.texts);
  if (!window.isSecureContext) notice(mount, say("insecure"), true);
  else {
    style();
    notice(mount, say("loading"), false);
    open(page, mount, say).catch((reason: unknown) => {
      console.error(reason);
      notice(mount, say("form_failed"), true);
    });
  }
}
