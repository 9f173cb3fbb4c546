import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { base64, fromBase64, text, utf8 } from "../src/base/bytes.ts";
import { fileDigest, sha256Hex, submissionDigest } from "../src/base/digest.ts";
import { newSecret, recipientOf } from "../src/keys/secret.ts";
import { opened, sealed } from "../src/seal/age.ts";
import { openFile, sealFile } from "../src/seal/file.ts";
import { padFile, padJson, padme, unpadFile } from "../src/seal/padding.ts";
import { openPart, type Place, sealPart } from "../src/seal/part.ts";

const PLACE: Place = { union: "0".repeat(32), form: "sabir_intake", version: "1", submission: "ab".repeat(32) };
const refused = (key: string) => (reason: unknown) => (reason as { key?: string }).key === key;

async function holder(): Promise<{ secret: string; recipient: string }> {
  const secret = await newSecret();
  return { secret, recipient: await recipientOf(secret) };
}

test("a sealed part opens with the key it was sealed to, and with no other", async () => {
  const [union, other] = [await holder(), await holder()];
  const age = await sealPart("identity", PLACE, { "who/name": "Néré" }, [union.recipient]);
  assert.deepEqual(await openPart(age, union.secret, "identity", PLACE), { "who/name": "Néré" });
  await assert.rejects(openPart(age, other.secret, "identity", PLACE), refused("other_key"));
});

test("every recipient of a list opens the same part", async () => {
  const [desk, union] = [await holder(), await holder()];
  const age = await sealPart("detail", PLACE, { town: "Kayes" }, [desk.recipient, union.recipient]);
  for (const { secret } of [desk, union]) assert.deepEqual(await openPart(age, secret, "detail", PLACE), { town: "Kayes" });
});

test("a part that was moved to another place is refused", async () => {
  const union = await holder();
  const age = await sealPart("narrative", PLACE, { story: "x" }, [union.recipient]);
  const elsewhere: Partial<Place>[] = [{ union: "1".repeat(32) }, { form: "other" }, { version: "2" }, { submission: "cd".repeat(32) }];
  for (const change of elsewhere) await assert.rejects(openPart(age, union.secret, "narrative", { ...PLACE, ...change }), refused("misplaced"));
  await assert.rejects(openPart(age, union.secret, "identity", PLACE), refused("misplaced"));
});

test("short and long answers have one of few lengths", async () => {
  const union = await holder();
  for (const [letters, length] of [[0, 1024], [800, 1024], [1000, 4096], [4000, 16384], [20000, padme(20226)]] as const) {
    const age = await sealPart("narrative", PLACE, letters ? { story: "é".repeat(letters / 2) } : {}, [union.recipient]);
    assert.equal((await opened(age, union.secret)).length, length);
  }
});

test("padding of text is spaces, which JSON ignores", () => {
  assert.equal(padJson(utf8("{}")).length, 1024);
  assert.equal(JSON.parse(text(padJson(utf8('{"a":1}')))).a, 1);
  assert.equal(padJson(new Uint8Array(1024)).length, 1024);
  assert.equal(padJson(new Uint8Array(1025)).length, 4096);
});

test("Padmé grows by at most twelve per cent and never shrinks", () => {
  for (const [length, padded] of [[1, 1], [2, 2], [9, 10], [100, 104], [30177, 30720], [1_000_000, 1_015_808]] as const) assert.equal(padme(length), padded);
  for (let length = 2; length < 100_000; length += 37) assert.ok(padme(length) >= length && padme(length) <= length * 1.12 + 1);
});

test("a file comes back as it was, even one that ends in zeros", () => {
  for (const bytes of [new Uint8Array(), new Uint8Array([0, 0, 0]), new Uint8Array([0x80, 0]), new Uint8Array(5000).fill(7)]) {
    const padded = padFile(bytes);
    assert.equal(padded.length, padme(bytes.length + 1));
    assert.deepEqual(unpadFile(padded), bytes);
  }
  assert.throws(() => unpadFile(new Uint8Array(10)), refused("damaged"));
});

test("a sealed file says which file of which report it is", async () => {
  const union = await holder();
  const age = await sealFile(utf8("picture\nbytes"), "a.jpg", PLACE, [union.recipient]);
  const found = await openFile(age, union.secret, PLACE);
  assert.equal(found.name, "a.jpg");
  assert.equal(text(found.bytes), "picture\nbytes");
  await assert.rejects(openFile(age, union.secret, { ...PLACE, submission: "cd".repeat(32) }), refused("misplaced"));
});

test("digests are those the server computes", async () => {
  assert.equal(await submissionDigest("f", "uuid:1"), await sha256Hex(utf8("f\0uuid:1")));
  assert.equal(await fileDigest("ab", "x.jpg"), await sha256Hex(utf8("ab\0x.jpg")));
  assert.equal(await sha256Hex(utf8("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("base64 goes there and back, for more bytes than a call has arguments", () => {
  const bytes = new Uint8Array(200_000).map((_, at) => at % 251);
  assert.deepEqual(fromBase64(base64(bytes)), bytes);
});

/** SABIR_PYTHON names a Python that has pyrage: what one of the two seals, the other opens. */
const python = process.env.SABIR_PYTHON;
test("Python opens what the browser seals, and the other way round", { skip: python ? false : "SABIR_PYTHON is not set" }, async () => {
  const union = await holder();
  const run = (script: string, input: string): string => execFileSync(python ?? "", ["-c", script, union.secret, union.recipient], { input, encoding: "utf8" });
  const age = base64(await sealed(utf8("à Kayes"), [union.recipient]));
  const there = "import sys,base64,pyrage as p;print(p.decrypt(base64.b64decode(sys.stdin.read()),[p.x25519.Identity.from_str(sys.argv[1])]).hex())";
  assert.equal(Buffer.from(run(there, age).trim(), "hex").toString(), "à Kayes");
  const back = "import sys,base64,pyrage as p;print(base64.b64encode(p.encrypt(sys.stdin.read().encode(),[p.x25519.Recipient.from_str(sys.argv[2])])).decode())";
  assert.equal(text(await opened(fromBase64(run(back, "retour").trim()), union.secret)), "retour");
});
