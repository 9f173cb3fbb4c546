/** What the server tells the page in `#report-page`. */
export interface ReportPage {
  form_url: string;
  definition_url: string;
  media: Record<string, string>;
  send_url: string;
  frame_url: string;
  csrf: string;
  language: string;
  union: string;
  union_key: { recipient: string; epoch: number; fingerprint: string };
  receiving_key: string;
  texts?: Record<string, string>;
}

export type DataClass = "identity" | "narrative" | "detail" | "fact";

/** A column of the published version; `path` has no repeat index, `repeat` names the innermost repeat it stands in. */
export interface Column {
  path: string;
  name: string;
  kind: string;
  class: DataClass;
  finder?: boolean;
  month?: boolean;
  choices?: string[] | null;
  repeat?: string | null;
  labels?: Record<string, string>;
  choice_labels?: Record<string, Record<string, string>>;
}

export interface Plan {
  form_id: string;
  version: string;
  title?: Record<string, string>;
  languages?: string[];
  opens?: string;
  columns: Column[];
}
