/** Puts an answer into the engine. Every value arrives as text: its codecs read what an instance would hold. */

import type { AnyNode, RootNode } from "@getodk/xforms-engine";

export function nodeById(from: AnyNode, id: string): AnyNode {
  const waiting: AnyNode[] = [from];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.nodeId === id) return node;
    waiting.push(...((node.currentState.children ?? []) as readonly AnyNode[]));
  }
  throw new Error("no such question");
}

const list = (value: string | string[] | null): string[] => (Array.isArray(value) ? value : value ? [value] : []);

export function answer(root: RootNode, id: string, value: string | string[] | null): void {
  const node = nodeById(root, id);
  if (node.nodeType === "select") {
    if (node.selectType === "select1") node.selectValue(list(value)[0] ?? null);
    else node.selectValues(list(value));
  } else if (node.nodeType === "rank") node.setValues(list(value));
  else if (node.nodeType === "trigger") node.setValue(value === "OK");
  else if (node.nodeType === "upload") node.setValue(null);
  else if (node.nodeType === "input" || node.nodeType === "range") (node.setValue as (text: string | null) => void)((value as string) || null);
}

/** The engine gets a stand-in: it needs a file's name, and the file itself has no business in the frame. */
export function attach(root: RootNode, id: string, extension: string, type: string): void {
  const node = nodeById(root, id);
  if (node.nodeType === "upload") node.setValue(new File(["x"], `file${extension}`, { type }));
}

export function addInstance(root: RootNode, id: string): void {
  const node = nodeById(root, id);
  if (node.nodeType === "repeat-range:uncontrolled") node.addInstances();
}

export function removeInstance(root: RootNode, id: string): void {
  const node = nodeById(root, id);
  if (node.nodeType !== "repeat-instance" || node.parent.nodeType !== "repeat-range:uncontrolled") return;
  node.parent.removeInstances(node.parent.currentState.children.indexOf(node));
}
