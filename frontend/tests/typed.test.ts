import assert from "node:assert/strict";
import { test } from "node:test";
import type { Question } from "../src/engine/snapshot.ts";
import { geopointValue } from "../src/report/face/geopoint.ts";
import { folded } from "../src/report/face/filter.ts";
import { typedAs } from "../src/report/face/typed.ts";
import { codeOf, nameOf } from "../src/report/language.ts";

const typed = (kind: string, ...appearances: string[]) => typedAs({ kind, appearances } as unknown as Question);

test("numbers are read in the digits and with the comma of the person", () => {
  assert.deepEqual(typed("integer").read("١٢٣"), { value: "123" });
  assert.deepEqual(typed("integer").read("1 250"), { value: "1250" });
  assert.deepEqual(typed("decimal").read("1\u202f250,50"), { value: "1250.50" });
  assert.deepEqual(typed("decimal").read("douze"), { message: "not_number" });
  assert.deepEqual(typed("integer").read("1.5"), { message: "not_whole" });
  assert.deepEqual(typed("integer").read(""), { value: "" });
});

test("a month may be typed where the browser has no field for it", () => {
  const month = typed("date", "month-year");
  assert.deepEqual(month.read("2026-03"), { value: "2026-03-01" });
  assert.deepEqual(month.read("3/2026"), { value: "2026-03-01" });
  assert.deepEqual(month.read("mars"), { message: "not_month" });
  assert.deepEqual(month.read(""), { value: "" });
  assert.equal(month.show("2026-03-01"), "2026-03");
});

test("a phone number loses its eastern digits, a story keeps them", () => {
  assert.deepEqual(typed("text").read("+٢٢١ ٧٧"), { value: "+221 77" });
  assert.deepEqual(typed("text").read("في ٢٠٢٦"), { value: "في ٢٠٢٦" });
});

test("a place is two numbers on the globe", () => {
  assert.equal(geopointValue("14,7", "-17.4"), "14.7 -17.4 0 0");
  for (const [latitude, longitude] of [["", ""], ["91", "0"], ["0", "181"], ["x", "1"]] as const) assert.equal(geopointValue(latitude, longitude), null);
});

test("a form's language is known by the code in its name", () => {
  assert.deepEqual([codeOf("العربية (ar)"), nameOf("العربية (ar)"), codeOf("English")], ["ar", "العربية", ""]);
});

test("a search finds words without their accents", () => {
  assert.ok(folded("État civil").includes(folded("etat")));
});
