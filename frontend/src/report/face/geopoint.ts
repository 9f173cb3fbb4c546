/** A place: asked of the device, or typed as two numbers. */

import { el, icon } from "../../base/element.ts";
import type { Question } from "../../engine/snapshot.ts";
import { westernDigits } from "../../keys/spelling.ts";
import { type Control, type Desk, domId } from "./view.ts";

/** ODK's spelling of a point: latitude, longitude, altitude and accuracy in metres. */
export function geopointValue(latitude: string, longitude: string): string | null {
  const [lat, lon] = [latitude, longitude].map((typed) => Number(westernDigits(typed).replace(",", ".").trim() || "x"));
  if (lat === undefined || lon === undefined || !(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) return null;
  return `${lat} ${lon} 0 0`;
}

const number = (id: string, label: string): [HTMLElement, HTMLInputElement] => {
  const field = el("input", { id, inputmode: "decimal", autocomplete: "off", dir: "ltr", class: "ltr" });
  return [el("div", { class: "field" }, el("label", { for: id }, label), field), field];
};

export function geopoint(question: Question, desk: Desk): Control {
  const [first, latitude] = number(domId(question.id, "-lat"), desk.say("latitude"));
  const [second, longitude] = number(domId(question.id, "-lon"), desk.say("longitude"));
  const here = el("button", { type: "button", class: "btn" }, icon("place"), desk.say("use_place"));
  const told = el("p", { class: "msg", role: "status" });
  const changed = (): void => {
    const empty = !latitude.value && !longitude.value;
    const value = geopointValue(latitude.value, longitude.value);
    desk.object(question.id, empty || value ? null : "not_place");
    desk.answer(question.id, value);
  };
  const failed = (): void => void (told.textContent = desk.say("place_failed"));
  here.addEventListener("click", () => {
    told.textContent = "";
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      desk.object(question.id, null);
      desk.answer(question.id, `${coords.latitude} ${coords.longitude} ${coords.altitude ?? 0} ${coords.accuracy}`);
    }, failed, { enableHighAccuracy: true, timeout: 20_000 });
  });
  for (const field of [latitude, longitude]) field.addEventListener("change", changed);
  const update = (now: Question): void => {
    latitude.readOnly = longitude.readOnly = here.disabled = now.readonly;
    if (!now.value) return;
    [latitude.value, longitude.value] = now.value.split(" ") as [string, string];
  };
  return { element: el("div", { class: "picks" }, here, told, el("div", { class: "two" }, first, second)), grouped: true, update };
}
