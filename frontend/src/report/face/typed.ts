/** What each kind of typed answer looks like, and how what was typed becomes what an instance holds. */

import { westernDigits } from "../../keys/spelling.ts";
import type { Question } from "../../engine/snapshot.ts";

export interface Typed {
  type: string;
  inputmode?: string;
  placeholder?: string;
  hint?: string;
  ltr: boolean;
  /** The stored value, or the key of a message. */
  read(typed: string): { value: string } | { message: string };
  show(stored: string): string;
}

const as = (value: string): { value: string } => ({ value });
const same = (stored: string): string => stored;

const accept = (pattern: RegExp, message: string, clean: (typed: string) => string) => (typed: string) => {
  const value = clean(westernDigits(typed));
  return value === "" || pattern.test(value) ? as(value) : { message };
};

const bare = (typed: string): string => typed.replace(/[\s\u00a0\u202f]/g, "");
const dotted = (typed: string): string => bare(typed).replace(/[,\u066b]/, ".");

/** "03/2026" and "3-2026" are months too, where a browser has no month field of its own. */
function month(typed: string): string {
  const turned = /^(\d{1,2})[-/.](\d{4})$/.exec(bare(typed));
  return turned ? `${turned[2]}-${(turned[1] ?? "").padStart(2, "0")}` : bare(typed);
}

/** A number written alone, such as a phone's, is kept in the digits a search and a form's rule expect. */
const figures = (typed: string): string => (/^[\s\d\u0660-\u0669\u06f0-\u06f9+()./-]+$/.test(typed) ? westernDigits(typed) : typed);

const TEXT: Typed = { type: "text", ltr: false, read: (typed) => as(figures(typed)), show: same };
const WHOLE: Typed = { type: "text", inputmode: "numeric", ltr: true, read: accept(/^[-+]?\d+$/, "not_whole", bare), show: same };
const NUMBER: Typed = { type: "text", inputmode: "decimal", ltr: true, read: accept(/^[-+]?(\d+\.?\d*|\.\d+)$/, "not_number", dotted), show: same };
const DATE: Typed = { type: "date", ltr: true, read: as, show: (stored) => stored.slice(0, 10) };
const TIME: Typed = { type: "time", ltr: true, read: (typed) => as(typed && `${typed.slice(0, 5)}:00.000${offset(new Date())}`), show: (stored) => stored.slice(0, 5) };
const MOMENT: Typed = { type: "datetime-local", ltr: true, read: (typed) => as(typed && `${typed.slice(0, 16)}:00.000${offset(new Date(typed))}`), show: localMoment };

const MONTH: Typed = {
  type: "month", ltr: true, placeholder: "2026-03", hint: "month_hint", show: (stored) => stored.slice(0, 7),
  read: (typed) => whole(accept(/^\d{4}-(0[1-9]|1[0-2])$/, "not_month", month)(typed), "-01"),
};
const YEAR: Typed = {
  type: "text", inputmode: "numeric", ltr: true, show: (stored) => stored.slice(0, 4),
  read: (typed) => whole(accept(/^\d{4}$/, "not_year", bare)(typed), "-01-01"),
};

function whole(read: ReturnType<Typed["read"]>, rest: string): ReturnType<Typed["read"]> {
  return "value" in read && read.value ? as(read.value + rest) : read;
}

/** Collect writes hours with the distance to Greenwich that holds where and when they were written. */
function offset(moment: Date): string {
  const minutes = -moment.getTimezoneOffset();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) => String(part).padStart(2, "0"));
  return `${minutes < 0 ? "-" : "+"}${hours}:${rest}`;
}

function localMoment(stored: string): string {
  const moment = new Date(stored);
  if (Number.isNaN(moment.getTime())) return "";
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function typedAs({ kind, appearances }: Question): Typed {
  if (kind === "date") return appearances.includes("month-year") ? MONTH : appearances.includes("year") ? YEAR : DATE;
  if (kind === "text" && appearances.includes("numbers")) return { ...TEXT, inputmode: "tel", ltr: true };
  return { integer: WHOLE, decimal: NUMBER, time: TIME, dateTime: MOMENT }[kind as string] ?? TEXT;
}
