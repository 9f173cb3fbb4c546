/** The page's side of the sandboxed frame: one port, one answer to each act, in order. */

import { el } from "../base/element.ts";
import type { Act, Answered, Finished, Snapshot } from "../engine/snapshot.ts";

type Waiting = { done: (answer: Snapshot | Finished) => void; failed: (reason: Error) => void };

export class Engine {
  private turn = 0;
  private readonly waiting = new Map<number, Waiting>();

  private constructor(private readonly port: MessagePort) {
    port.onmessage = ({ data }: MessageEvent<Answered>) => this.settle(data);
  }

  /** `frameText` is the whole frame; its origin is opaque, so "*" is the only address it has, and its window the only proof of who speaks. */
  static start(frameText: string): Promise<Engine> {
    const frame = el("iframe", { sandbox: "allow-scripts", hidden: true, title: "", "aria-hidden": "true", srcdoc: frameText });
    return new Promise((done) => {
      addEventListener("message", function ready(event) {
        if (!frame.contentWindow || event.source !== frame.contentWindow) return;
        removeEventListener("message", ready);
        const { port1, port2 } = new MessageChannel();
        frame.contentWindow.postMessage("serve", "*", [port2]);
        done(new Engine(port1));
      });
      document.body.append(frame);
    });
  }

  tell(act: Exclude<Act, { act: "finish" }>): Promise<Snapshot> {
    return this.ask(act) as Promise<Snapshot>;
  }

  finish(): Promise<Finished> {
    return this.ask({ act: "finish" }) as Promise<Finished>;
  }

  private ask(act: Act): Promise<Snapshot | Finished> {
    this.turn += 1;
    this.port.postMessage({ ...act, turn: this.turn });
    return new Promise((done, failed) => this.waiting.set(this.turn, { done, failed }));
  }

  private settle(answered: Answered): void {
    const waiting = this.waiting.get(answered.turn);
    this.waiting.delete(answered.turn);
    if (answered.ok) waiting?.done(answered.answer);
    else waiting?.failed(new Error(answered.reason));
  }
}
