/** Seals once and sends as often as needed: an unchanged report goes out again as the very same bytes. */

import { pageSettings } from "../../base/page.ts";
import type { Finished } from "../../engine/snapshot.ts";
import type { Plan, ReportPage } from "../settings.ts";
import { type Attachment, bundle, type Bundle } from "./bundle.ts";
import { leaves, type XmlElement } from "./leaves.ts";
import { type Answer, post } from "./post.ts";

const instanceRoot = (xml: string): XmlElement => new DOMParser().parseFromString(xml, "application/xml").documentElement;

export class Sending {
  private sealed: { xml: string; files: Blob[]; bundle: Bundle } | null = null;

  constructor(private readonly page: ReportPage, private readonly plan: Plan, private csrf = page.csrf) {}

  async seal(finished: Finished, attachments: Attachment[]): Promise<Bundle> {
    const { xml } = finished;
    const files = attachments.map(({ file }) => file);
    const same = this.sealed?.xml === xml && files.every((file, at) => this.sealed?.files[at] === file);
    if (!same || !this.sealed) {
      const made = await bundle(xml, leaves(instanceRoot(xml), this.plan), attachments, this.plan, this.page);
      this.sealed = { xml, files, bundle: made };
    }
    return this.sealed.bundle;
  }

  /** After a 403 the token of a new sign-in is read from the same page, so that nothing has to be typed twice. */
  async post(sealed: Bundle, progress: (part: number) => void): Promise<Answer> {
    const answer = await post(this.page.send_url, this.csrf, sealed, progress);
    if (answer.status !== 403 || !(await this.renewed())) return answer;
    return post(this.page.send_url, this.csrf, sealed, progress);
  }

  private async renewed(): Promise<boolean> {
    const page = await fetch(location.href, { cache: "no-store" }).then((response) => response.text(), () => "");
    const script = new DOMParser().parseFromString(page, "text/html").getElementById("report-page");
    const fresh = script?.textContent ? (JSON.parse(script.textContent) as ReportPage) : null;
    if (!fresh || fresh.csrf === this.csrf || fresh.union !== pageSettings<ReportPage>("report-page")?.union) return false;
    this.csrf = fresh.csrf;
    return true;
  }
}
