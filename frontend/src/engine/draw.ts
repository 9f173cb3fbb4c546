/** Reads the engine's tree into questions. Only what is relevant is told: the page never learns what a form hides. */

import type { AnyChildNode, AnyNode, SelectItem as BaseItem } from "@getodk/xforms-engine";
import { faceKind } from "./kinds.ts";
import type { Choice, FaceKind, Question } from "./snapshot.ts";
import { wording } from "./wording.ts";

type Leaf = Extract<AnyNode, { readonly validationState: { readonly violation: unknown } }>;

const isLeaf = (node: AnyNode): node is Leaf => node.currentState.children === null;

function violation(node: AnyNode): Question["violation"] {
  const found = isLeaf(node) ? node.validationState.violation : null;
  return found ? { condition: found.condition, message: found.message?.asString ?? "" } : null;
}

function choices(node: AnyNode): Choice[] {
  if (node.nodeType !== "select" && node.nodeType !== "rank") return [];
  return node.currentState.valueOptions.map((item: BaseItem) => ({ value: item.value, label: wording(item.label)! }));
}

function bounds(node: AnyNode): Question["bounds"] {
  if (node.nodeType !== "range") return null;
  const { start, end, step } = node.definition.bodyElement.bounds;
  return { start, end, step };
}

const hasFace = (node: AnyNode): boolean =>
  node.currentState.relevant && (!("hasRelevantBodyNodes" in node.currentState) || node.nodeType.startsWith("repeat") || node.currentState.hasRelevantBodyNodes);

export function questions(nodes: readonly AnyChildNode[]): Question[] {
  return nodes.filter(hasFace).flatMap((node) => {
    const kind = faceKind(node);
    return kind === null ? [] : [question(node, kind)];
  });
}

function children(node: AnyNode): Question[] {
  return node.currentState.children ? questions(node.currentState.children as readonly AnyChildNode[]) : [];
}

function question(node: AnyChildNode, kind: FaceKind): Question {
  const { reference, required, readonly, label, hint } = node.currentState;
  return {
    id: node.nodeId, kind, reference, required, readonly,
    label: wording(label), hint: wording(hint),
    appearances: node.appearances ? [...(node.appearances as Iterable<string>)] : [],
    value: isLeaf(node) ? node.currentState.instanceValue : "",
    chosen: node.nodeType === "select" || node.nodeType === "rank" ? [...node.currentState.value] : [],
    choices: choices(node), violation: violation(node), children: children(node),
    accept: node.nodeType === "upload" ? node.nodeOptions.media.accept : "",
    bounds: bounds(node),
    changeable: node.nodeType === "repeat-range:uncontrolled",
  };
}
