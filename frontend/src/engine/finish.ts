import type { AnyNode, RootNode } from "@getodk/xforms-engine";
import type { Finished } from "./snapshot.ts";

function uploads(node: AnyNode): Finished["uploads"] {
  if (node.nodeType === "upload") {
    const { instanceValue, reference, relevant } = node.currentState;
    return relevant && instanceValue ? [{ id: node.nodeId, name: instanceValue, reference }] : [];
  }
  return ((node.currentState.children ?? []) as readonly AnyNode[]).flatMap(uploads);
}

/** The instance XML, byte for byte what a device would post, and which files it names. */
export async function finish(root: RootNode): Promise<Finished> {
  const payload = await root.prepareInstancePayload({ payloadType: "monolithic" });
  const violations = (payload.violations ?? []).map((violation) => ("nodeId" in violation ? violation.nodeId : ""));
  return { xml: await payload.data[0].get("xml_submission_file").text(), uploads: uploads(root), violations };
}
