/** Reads an instance into its answers, each with the path it is kept under. */

import type { Plan } from "../settings.ts";

/** The little of an element that is read, so that a test needs no document. */
export interface XmlElement {
  localName: string;
  children: ArrayLike<XmlElement>;
  childNodes: ArrayLike<{ nodeType: number; textContent: string | null }>;
  attributes: ArrayLike<{ name: string; localName: string; value: string }>;
  textContent: string | null;
}

/** `path` carries a 1-based index on every repeat; `plain` has none and is null where no column can be meant. */
export interface Leaf {
  path: string;
  plain: string | null;
  value: string;
}

const TEXT_NODE = 3;
const NOT_ANSWERS = new Set(["id", "version", "template"]);

const repeatPaths = (plan: Plan): Set<string> => new Set(plan.columns.flatMap(({ repeat }) => (repeat ? [repeat] : [])));

const under = (path: string, step: string): string => (path ? `${path}/${step}` : step);

/** Attributes are nobody's columns, and so are details; namespaces are no answers. */
function attributes(element: XmlElement, path: string): Leaf[] {
  const told = Array.from(element.attributes).filter(({ name, localName, value }) => !name.startsWith("xmlns") && !NOT_ANSWERS.has(localName) && value.trim());
  return told.map(({ localName, value }) => ({ path: under(path, `@${localName}`), plain: null, value: value.trim() }));
}

/** Words between elements, where no form puts any: sealed rather than dropped. */
function loose(parent: XmlElement, path: string): Leaf[] {
  const words = Array.from(parent.childNodes).filter(({ nodeType }) => nodeType === TEXT_NODE).map(({ textContent }) => textContent ?? "");
  const value = words.join(" ").trim();
  return value ? [{ path: path || "#text", plain: null, value }] : [];
}

function one(element: XmlElement, path: string, plain: string | null, repeats: Set<string>): Leaf[] {
  const own = attributes(element, path);
  if (element.children.length > 0) return [...own, ...below(element, path, plain, repeats)];
  const value = (element.textContent ?? "").trim();
  return value ? [...own, { path, plain, value }] : own;
}

function below(parent: XmlElement, path: string, plain: string | null, repeats: Set<string>): Leaf[] {
  const seen = new Map<string, number>();
  const found = Array.from(parent.children).flatMap((child) => {
    const name = child.localName;
    const index = (seen.get(name) ?? 0) + 1;
    seen.set(name, index);
    const bare = plain === null ? null : under(plain, name);
    const repeated = bare !== null && repeats.has(bare);
    const here = under(path, repeated || index > 1 ? `${name}[${index}]` : name);
    // a second answer where the form has room for one is nobody's column
    return one(child, here, repeated || index === 1 ? bare : null, repeats);
  });
  return [...found, ...loose(parent, path)];
}

/** All that is written in the instance; blank answers are none. */
export const leaves = (root: XmlElement, plan: Plan): Leaf[] => [...attributes(root, ""), ...below(root, "", "", repeatPaths(plan))];

export function instanceId(found: Leaf[]): string {
  const leaf = found.find(({ plain }) => plain === "meta/instanceID");
  if (!leaf?.value) throw new Error("the instance has no instanceID");
  return leaf.value;
}
