import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64, text } from "../src/base/bytes.ts";
import { fileDigest, submissionDigest } from "../src/base/digest.ts";
import { newSecret, recipientOf } from "../src/keys/secret.ts";
import { bundle } from "../src/report/send/bundle.ts";
import { instanceId, leaves } from "../src/report/send/leaves.ts";
import { adviceKey } from "../src/report/send/post.ts";
import { factValue, split } from "../src/report/send/split.ts";
import type { Column, Plan } from "../src/report/settings.ts";
import { openFile } from "../src/seal/file.ts";
import { openPart } from "../src/seal/part.ts";
import { tree } from "./tree.ts";

/** One line a column: path, kind, class, then choices, "month", "finder" or "repeat=path". */
function plan(lines: string): Plan {
  const columns = lines.trim().split("\n").map((line): Column => {
    const [path = "", kind = "", secrecy = "", ...rest] = line.trim().split(/\s+/);
    const choices = rest.find((word) => word.includes("|"))?.split("|") ?? null;
    const repeat = rest.find((word) => word.startsWith("repeat="))?.slice(7) ?? null;
    return { path, name: path.replace(/^.*\//, ""), kind, class: secrecy as Column["class"], choices, repeat, finder: rest.includes("finder"), month: rest.includes("month") };
  });
  return { form_id: "f", version: "1", columns };
}

const PLAN = plan(`
  consent_record select1 fact yes|no
  who/name text identity finder
  who/photo image identity
  story text narrative
  voice audio narrative
  employer text detail
  since date fact month
  sex select1 fact woman|man
  needs select fact wages|papers
  trip select1 fact land|sea repeat=trips
  trips/by select1 fact land|sea repeat=trips
  trips/town text detail repeat=trips
`);

const XML = `<data id="f" version="1"><consent_record>yes</consent_record><who><name>Marked Name</name><photo>p.jpg</photo></who>
  <story>Marked story</story><voice>v.m4a</voice><employer/><since>2026-03-17</since><sex>woman</sex><needs>wages other papers</needs>
  <trips><by>sea</by><town>Marked town</town></trips><trips><by>air</by></trips><added>later</added>
  <meta><instanceID>uuid:5f2b6c1e-1111-4222-8333-444455556666</instanceID></meta></data>`;

const answers = (xml = XML) => leaves(tree(xml), PLAN);

test("answers go to the class their column declares", () => {
  const { facts, sealed } = split(answers(), PLAN);
  assert.deepEqual(facts, { consent_record: "yes", since: "2026-03", sex: "woman", needs: "wages papers", "trips[1]/by": "sea" });
  assert.deepEqual(sealed.identity, { "who/name": "Marked Name", "who/photo": "p.jpg" });
  assert.deepEqual(sealed.finder, { "who/name": "Marked Name" });
  assert.deepEqual(sealed.narrative, { story: "Marked story", voice: "v.m4a" });
});

test("whatever is not a declared fact with a listed code is sealed", () => {
  const { sealed } = split(answers(), PLAN);
  assert.deepEqual(sealed.detail, {
    needs: "other", "trips[1]/town": "Marked town", "trips[2]/by": "air", added: "later", "meta/instanceID": "uuid:5f2b6c1e-1111-4222-8333-444455556666",
  });
});

test("a second answer where the form has room for one, an attribute and loose words are sealed", () => {
  const odd = leaves(tree(`<data id="f" version="1" by="someone"><sex>woman</sex><sex>man</sex>loose<meta><instanceID>uuid:1</instanceID></meta></data>`), PLAN);
  const { facts, sealed } = split(odd, PLAN);
  assert.deepEqual(facts, { sex: "woman" });
  assert.deepEqual(sealed.detail, { "@by": "someone", "sex[2]": "man", "meta/instanceID": "uuid:1", "#text": "loose" });
});

test("a month is cut to the month, and an exact day of another spelling is no fact", () => {
  const month = PLAN.columns.find(({ name }) => name === "since") as Column;
  assert.deepEqual(factValue(month, "2026-03-17"), { clear: "2026-03", rest: "" });
  assert.deepEqual(factValue(month, "2026-03"), { clear: "2026-03", rest: "" });
  assert.deepEqual(factValue(month, "17 March"), { clear: "", rest: "17 March" });
  assert.deepEqual(factValue(month, "2026-13-01"), { clear: "", rest: "2026-13-01" });
  assert.deepEqual(factValue(month, "0206-03-01"), { clear: "", rest: "0206-03-01" }); // the server takes no such month as a fact
});

async function keys() {
  const [union, server] = [await newSecret(), await newSecret()];
  const page = { union: "0".repeat(32), union_key: { recipient: await recipientOf(union), epoch: 1, fingerprint: "" }, receiving_key: await recipientOf(server) };
  return { union, server, page };
}

const FILES = [{ name: "p.jpg", file: new Blob(["picture"]) }, { name: "v.m4a", file: new Blob(["sound"]) }];

test("a bundle shows neither answers nor file names, and opens whole", async () => {
  const { union, server, page } = await keys();
  const { report, files } = await bundle(XML, answers(), FILES, PLAN, page);
  assert.doesNotMatch(JSON.stringify(report), /Marked|p\.jpg|v\.m4a|5f2b6c1e/);
  const place = { union: page.union, form: "f", version: "1", submission: report.submission };
  assert.equal((await openPart(fromBase64(report.facts), server, "facts", place)).sex, "woman");
  assert.equal((await openPart(fromBase64(report.sealed.narrative), union, "narrative", place)).story, "Marked story");
  const digest = await fileDigest(report.submission, "p.jpg");
  assert.deepEqual(report.files[digest], { class: "identity" });
  const found = await openFile(files.get(digest) ?? new Uint8Array(), union, place);
  assert.deepEqual([found.name, text(found.bytes)], ["p.jpg", "picture"]);
});

test("the same instance has the same submission digest, however often it is sealed", async () => {
  const { page } = await keys();
  const [first, second] = [await bundle(XML, answers(), [], PLAN, page), await bundle(XML, answers(), [], PLAN, page)];
  assert.equal(first.report.submission, second.report.submission);
  assert.equal(first.report.submission, await submissionDigest("f", instanceId(answers())));
  assert.equal(first.report.raw, second.report.raw);
});

test("after a no, nothing but the no travels", async () => {
  const { union, server, page } = await keys();
  const said = answers(XML.replace("<consent_record>yes", "<consent_record>no"));
  const { report, files } = await bundle(XML, said, FILES, PLAN, page);
  const place = { union: page.union, form: "f", version: "1", submission: report.submission };
  assert.deepEqual(await openPart(fromBase64(report.facts), server, "facts", place), { consent_record: "no" });
  for (const kind of ["finder", "identity", "narrative", "detail"] as const) {
    assert.deepEqual(await openPart(fromBase64(report.sealed[kind]), union, kind, place), {});
  }
  assert.equal(files.size + Object.keys(report.files).length, 0);
});

test("every failure of a sending has its own advice", () => {
  const advice = [0, 403, 409, 413, 500, 400].map(adviceKey);
  assert.deepEqual(advice, ["offline", "signed_out", "conflict", "too_large", "server_failed", "refused"]);
});
