import assert from "node:assert/strict";
import { test } from "node:test";
import { ed25519 } from "@noble/curves/ed25519.js";
import { utf8 } from "../src/base/bytes.ts";
import { newPassphrase, WORDS } from "../src/keys/passphrase.ts";
import { newSecret, recipientOf, signingKey } from "../src/keys/secret.ts";
import { spelling } from "../src/keys/spelling.ts";
import { firstStatement } from "../src/keys/statement.ts";
import { checkCost, unwrapSecret, wrapSecret } from "../src/keys/wrap.ts";

const UNION = "0123456789abcdef0123456789abcdef";
const refused = (key: string) => (reason: unknown) => (reason as { key?: string }).key === key;

test("a key statement is canonical, signed, and has a short fingerprint", async () => {
  const { recipient, signing, statement, signature, fingerprint } = await firstStatement(await newSecret(), UNION);
  assert.equal(statement, `{"epoch":1,"previous":null,"recipient":"${recipient}","sabir":1,"signing":"${signing}","union":"${UNION}"}`);
  assert.ok(ed25519.verify(Buffer.from(signature, "hex"), utf8(statement), Buffer.from(signing, "hex")));
  assert.match(fingerprint, /^([0-9a-f]{4} ){4}[0-9a-f]{4}$/);
});

test("the signing key follows from the secret alone", async () => {
  const secret = await newSecret();
  assert.deepEqual((await signingKey(secret)).publicKey, (await signingKey(secret)).publicKey);
  assert.notDeepEqual((await signingKey(secret)).publicKey, (await signingKey(await newSecret())).publicKey);
});

test("a known secret gives a known signing key", async () => {
  const key = await signingKey("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX");
  assert.equal(Buffer.from(key.publicKey).toString("hex"), "d35688ea2a3098e6c96fea7608f0f3023be1341fb1aa4ff726430b1fb797d959");
});

test("a wrap opens with its passphrase however it is typed, and not with another", async () => {
  const secret = await newSecret();
  const recipient = await recipientOf(secret);
  const wrap = await wrapSecret(secret, "abaisser algebre zeste");
  assert.equal(await unwrapSecret(wrap, "  Abaisser\n ALGÈBRE  zeste ", recipient), secret);
  await assert.rejects(unwrapSecret(wrap, "abaisser algebre zebre", recipient), refused("wrong_passphrase"));
});

test("a key that is not the published one is refused although the passphrase fits", async () => {
  const wrap = await wrapSecret(await newSecret(), "1234 5678");
  await assert.rejects(unwrapSecret(wrap, "1234 5678", await recipientOf(await newSecret())), refused("other_recipient"));
});

test("a wrap that would freeze a phone is refused before any work", async () => {
  const wrap = (cost: string): Uint8Array => utf8(`age-encryption.org/v1\n-> scrypt bGFzYWx0bGFzYWx0bGFzYQ ${cost}\nYm9keQ\n--- bWFj\n`);
  const start = performance.now();
  await assert.rejects(unwrapSecret(wrap("30"), "x", "age1"), refused("wrap_too_costly"));
  assert.throws(() => checkCost(wrap("17")), refused("wrap_too_costly"));
  assert.doesNotThrow(() => checkCost(wrap("15")));
  assert.throws(() => checkCost(utf8("age-encryption.org/v1\n-> X25519 abc\n")), refused("wrap_unreadable"));
  assert.ok(performance.now() - start < 200);
});

test("passphrases have seven words, or 24 digits where there is no list", () => {
  for (const [language, list] of Object.entries(WORDS)) {
    const words = newPassphrase(language).split(" ");
    const known = new Set(list.map(spelling));
    assert.equal(words.length, 7);
    assert.ok(words.every((word) => known.has(word)));
  }
  assert.match(newPassphrase("ar"), /^(\d{4} ){5}\d{4}$/);
  assert.equal(newPassphrase("wo").split(" ").length, 7);
});

test("words stay different when accents are left out", () => {
  for (const list of Object.values(WORDS)) assert.equal(new Set(list.map(spelling)).size, 2048);
});

test("what is shown is what is used, and eastern digits are digits", () => {
  for (const language of ["fr", "es", "ar"]) {
    const passphrase = newPassphrase(language);
    assert.equal(spelling(passphrase), passphrase);
  }
  assert.equal(spelling("٠١٢٣-٤٥٦٧ ۸۹"), "0123 4567 89");
});
