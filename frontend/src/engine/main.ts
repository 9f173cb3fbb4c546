/** The frame: ODK's engine behind one port. It has no network, no storage, no origin, and no way out but its answers. */

import type { RootNode } from "@getodk/xforms-engine";
import { addInstance, answer, attach, removeInstance } from "./change.ts";
import { questions } from "./draw.ts";
import { finish } from "./finish.ts";
import { speak } from "./language.ts";
import { load } from "./load.ts";
import type { Act, Answered, Asked, Finished, Snapshot } from "./snapshot.ts";

let root: RootNode | null = null;

function snapshot(from: RootNode): Snapshot {
  return {
    languages: from.languages.map((language) => language.language).filter(Boolean),
    language: from.currentState.activeLanguage.language,
    questions: questions(from.currentState.children),
  };
}

function change(on: RootNode, act: Act): void {
  if (act.act === "set") answer(on, act.id, act.value);
  else if (act.act === "attach") attach(on, act.id, act.extension, act.type);
  else if (act.act === "speak") speak(on, act.language);
  else if (act.act === "add") addInstance(on, act.id);
  else if (act.act === "remove") removeInstance(on, act.id);
}

async function carryOut(act: Act): Promise<Snapshot | Finished> {
  if (act.act === "load") {
    root = await load(act.xml, act.media);
    speak(root, act.language);
  }
  if (!root) throw new Error("no form");
  if (act.act === "finish") return finish(root);
  change(root, act);
  return snapshot(root);
}

function serve(port: MessagePort): void {
  port.onmessage = async ({ data }: MessageEvent<Asked>) => {
    const answered: Answered = await carryOut(data).then(
      (answer) => ({ turn: data.turn, ok: true, answer }),
      (reason: unknown) => ({ turn: data.turn, ok: false, reason: String(reason) }),
    );
    port.postMessage(answered);
  };
}

addEventListener("message", function first(event) {
  const port = event.ports[0];
  if (event.source !== parent || !port) return;
  removeEventListener("message", first);
  serve(port);
});

parent.postMessage("ready", "*");
