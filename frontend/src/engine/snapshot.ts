/** What the frame tells the page: the form as it stands, in plain values that survive a message. */

export type FaceKind =
  | "group" | "repeat" | "instance" | "text" | "integer" | "decimal" | "date" | "time" | "dateTime" | "geopoint"
  | "select1" | "select" | "rank" | "upload" | "trigger" | "range" | "note" | "unknown";

/** A piece of formatted text: a leaf has `text`, anything else a tag from a short list and its pieces. */
export interface Piece {
  text?: string;
  tag?: string;
  url?: string;
  pieces?: Piece[];
}

export interface Wording {
  text: string;
  pieces: Piece[];
  image: string | null;
  audio: string | null;
  video: string | null;
}

export interface Choice {
  value: string;
  label: Wording;
}

export interface Question {
  id: string;
  kind: FaceKind;
  reference: string;
  label: Wording | null;
  hint: Wording | null;
  required: boolean;
  readonly: boolean;
  appearances: string[];
  value: string;
  chosen: string[];
  choices: Choice[];
  violation: { condition: "constraint" | "required"; message: string } | null;
  children: Question[];
  accept: string;
  bounds: { start: string; end: string; step: string } | null;
  changeable: boolean;
}

export interface Snapshot {
  languages: string[];
  language: string;
  questions: Question[];
}

export interface Finished {
  xml: string;
  uploads: { id: string; name: string; reference: string }[];
  violations: string[];
}

export type Act =
  | { act: "load"; xml: string; media: Record<string, string>; language: string }
  | { act: "set"; id: string; value: string | string[] | null }
  | { act: "attach"; id: string; extension: string; type: string }
  | { act: "speak"; language: string }
  | { act: "add"; id: string }
  | { act: "remove"; id: string }
  | { act: "finish" };

export type Asked = Act & { turn: number };
export type Answered = { turn: number; ok: true; answer: Snapshot | Finished } | { turn: number; ok: false; reason: string };
