import { vault } from "../../texts.json";
import { pageSettings, speaker } from "../base/page.ts";

/** What the server tells a page of the vault in `#vault-page`. */
export interface VaultPage {
  wraps_url: string;
  half_url: string;
  lock_url: string;
  csrf: string;
  texts?: Record<string, string>;
}

export const page = pageSettings<VaultPage>("vault-page") ?? { wraps_url: "", half_url: "", lock_url: "", csrf: "" };
export const say = speaker(vault, page.texts);
