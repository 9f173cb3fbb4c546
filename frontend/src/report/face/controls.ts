import type { Question } from "../../engine/snapshot.ts";
import { dropdown } from "./dropdown.ts";
import { geopoint } from "./geopoint.ts";
import { input } from "./input.ts";
import { picks } from "./picks.ts";
import { rank } from "./rank.ts";
import { range, trigger, unknown } from "./small.ts";
import { upload } from "./upload.ts";
import type { Control, Desk } from "./view.ts";

const LONG = 20;

const folded = ({ appearances, choices }: Question): boolean =>
  appearances.includes("minimal") || appearances.includes("autocomplete") || choices.length > LONG;

/** The control that takes an answer of this kind. */
export function control(question: Question, desk: Desk): Control {
  switch (question.kind) {
    case "select1": return folded(question) ? dropdown(question, desk) : picks(question, desk);
    case "select": return picks(question, desk);
    case "rank": return rank(question, desk);
    case "upload": return upload(question, desk);
    case "geopoint": return geopoint(question, desk);
    case "trigger": return trigger(question, desk);
    case "range": return range(question, desk);
    case "unknown": return unknown(question, desk);
    default: return input(question, desk);
  }
}
