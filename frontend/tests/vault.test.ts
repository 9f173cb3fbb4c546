import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { utf8 } from "../src/base/bytes.ts";
import { mediaType } from "../src/vault/media-type.ts";

const bytes = (...parts: (string | number[])[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...utf8(part)] : part)));

test("a file is known by its first bytes", () => {
  const known: [Uint8Array, string][] = [
    [bytes([0xff, 0xd8, 0xff, 0xe0]), "image/jpeg"],
    [bytes([0x89], "PNG\r\n", [0x1a], "\n"), "image/png"],
    [bytes("RIFF", [0, 0, 0, 0], "WEBP"), "image/webp"],
    [bytes("RIFF", [0, 0, 0, 0], "WAVE"), "audio/wav"],
    [bytes("OggS"), "audio/ogg"],
    [bytes([0x1a, 0x45, 0xdf, 0xa3], "webm A_OPUS"), "audio/webm"],
    [bytes([0x1a, 0x45, 0xdf, 0xa3], "webm V_VP8 A_OPUS"), "video/webm"],
    [bytes([0, 0, 0, 24], "ftypM4A "), "audio/mp4"],
    [bytes([0, 0, 0, 24], "ftypisom"), "video/mp4"],
    [bytes("ID3"), "audio/mpeg"],
    [bytes([0xff, 0xfb, 0x90]), "audio/mpeg"],
  ];
  for (const [file, type] of known) assert.equal(mediaType(file)?.type, type);
});

test("markup and programs are never drawn, whatever they are called", () => {
  for (const file of [bytes("<svg onload=x>"), bytes("<!doctype html>"), bytes("%PDF-1.7"), bytes("PK"), new Uint8Array()]) assert.equal(mediaType(file), null);
});

/** Keys built at run time, from the kind of a part or the code of a choice. */
const BUILT = /^(part_|yes$|no$)/;

test("every text in texts.json is said somewhere in its bundle", () => {
  const texts = JSON.parse(readFileSync("texts.json", "utf8")) as Record<string, Record<string, string>>;
  for (const room of ["vault", "report"]) {
    const script = readFileSync(`dist/units/${room}.js`, "utf8");
    const silent = Object.keys(texts[room] ?? {}).filter((key) => !BUILT.test(key) && !new RegExp(`["'\`]${key}["'\`]`).test(script));
    assert.deepEqual(silent, [], room);
  }
});
