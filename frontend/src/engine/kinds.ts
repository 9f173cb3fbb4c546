import type { AnyNode, InputNode } from "@getodk/xforms-engine";
import type { FaceKind } from "./snapshot.ts";

const INPUTS: Record<string, FaceKind> = {
  string: "text", barcode: "text", int: "integer", decimal: "decimal", date: "date", time: "time", dateTime: "dateTime", geopoint: "geopoint",
};

const LEAVES: Record<string, FaceKind> = { note: "note", rank: "rank", range: "range", trigger: "trigger", upload: "upload" };

/** Null for what never has a face: values that only the model knows. */
export function faceKind(node: AnyNode): FaceKind | null {
  if (node.nodeType === "model-value" || node.nodeType === "root") return null;
  if (node.nodeType === "group") return "group";
  if (node.nodeType === "repeat-instance") return "instance";
  if (node.nodeType.startsWith("repeat-range")) return "repeat";
  if (node.nodeType === "select") return node.selectType === "select1" ? "select1" : "select";
  if (node.nodeType === "input") return INPUTS[(node as InputNode).valueType] ?? "unknown";
  return LEAVES[node.nodeType] ?? "unknown";
}
