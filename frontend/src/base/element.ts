/** Builds elements without innerHTML, so that nothing a form or a person wrote can become markup. */

type Attributes = Record<string, string | boolean | null | undefined>;

function dress(element: Element, attributes: Attributes, children: (Node | string)[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
}

export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  dress(element, attributes, children);
  return element;
}

const SHAPES = {
  locked: "M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3",
  opened: "M5 11h14v10H5zM8 11V8a4 4 0 0 1 7.6-1.8",
  key: "M12.5 16a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zM11.3 12.7 20 4M16 8l3 3",
  tick: "M4 12.5 9.5 18 20 7",
  pause: "M9 5v14M15 5v14",
  up: "M5 15l7-7 7 7",
  down: "M5 9l7 7 7-7",
  place: "M12 21s7-6.5 7-11.5a7 7 0 0 0-14 0C5 14.5 12 21 12 21zM12 12.2a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4z",
} as const;

export function icon(name: keyof typeof SHAPES): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[name]);
  dress(svg, { class: "i", viewBox: "0 0 24 24", "aria-hidden": "true" }, [path]);
  return svg;
}
