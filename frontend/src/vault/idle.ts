/** Fifteen minutes without a touch close the key, on whichever page they run out. */

import { lastUse, touch } from "./half.ts";
import { IDLE, isOpen, lock } from "./key.ts";

const EVERY = 20_000; // milliseconds between two looks at the clock

export function watchIdleness(): void {
  let last = 0;
  const used = (): void => {
    if (Date.now() - last < 5_000) return;
    last = Date.now();
    touch();
  };
  const look = (): void => {
    const since = Math.max(last, lastUse());
    if ((isOpen() || lastUse()) && Date.now() - since >= IDLE) void lock();
  };
  for (const sign of ["pointerdown", "keydown", "scroll"]) addEventListener(sign, used, { passive: true, capture: true });
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  look();
}
