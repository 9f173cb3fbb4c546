/** Reads an instance into its answers, each with the path it is kept under. */

import type { Plan } from "../settings.ts";

/** The little of an element that is read, so that a test needs no document. */
export interface XmlElement {
  localName: string;
  children: ArrayLike<XmlElement>;
  textContent: string | null;
}

/** `path` carries a 1-based index on every repeat, `plain` none. */
export interface Leaf {
  path: string;
  plain: string;
  name: string;
  value: string;
}

/** Paths of repeats, known from the columns that stand in them: a repeat with one instance is still a repeat. */
export function repeatPaths(plan: Plan): Set<string> {
  const found = new Set<string>();
  for (const { path, repeat } of plan.columns) {
    if (!repeat) continue;
    const steps = path.split("/");
    steps.forEach((step, at) => {
      const above = steps.slice(0, at + 1).join("/");
      if (above === repeat || step === repeat) found.add(above);
    });
  }
  return found;
}

function below(parent: XmlElement, path: string, plain: string, repeats: Set<string>): Leaf[] {
  const kin = Array.from(parent.children);
  const seen = new Map<string, number>();
  return kin.flatMap((child) => {
    const name = child.localName;
    const index = (seen.get(name) ?? 0) + 1;
    seen.set(name, index);
    const plainHere = plain ? `${plain}/${name}` : name;
    const repeated = repeats.has(plainHere) || kin.filter((other) => other.localName === name).length > 1;
    const here = `${path ? `${path}/` : ""}${name}${repeated ? `[${index}]` : ""}`;
    if (child.children.length > 0) return below(child, here, plainHere, repeats);
    return [{ path: here, plain: plainHere, name, value: child.textContent ?? "" }];
  });
}

export const leaves = (root: XmlElement, plan: Plan): Leaf[] => below(root, "", "", repeatPaths(plan));

export function instanceId(found: Leaf[]): string {
  const leaf = found.find(({ plain }) => plain === "meta/instanceID");
  if (!leaf?.value) throw new Error("the instance has no instanceID");
  return leaf.value;
}
