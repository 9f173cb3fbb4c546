/** A reader of the small, well-formed instances in these tests: Node has no document of its own. */

import type { XmlElement } from "../src/report/send/leaves.ts";

interface Grown extends XmlElement {
  children: Grown[];
  childNodes: { nodeType: number; textContent: string | null }[];
}

const TOKENS = /<(\/?)([\w:]+)([^>]*?)(\/?)>|([^<]+)/g;

function element(name: string, spelled: string): Grown {
  const attributes = [...spelled.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, full = "", value = ""]) => ({ name: full, localName: full.replace(/^.*:/, ""), value }));
  return { localName: name.replace(/^.*:/, ""), children: [], childNodes: [], attributes, textContent: "" };
}

export function tree(xml: string): XmlElement {
  const root = element("", "");
  const path: Grown[] = [root];
  for (const [, closing, name = "", attributes = "", empty, words] of xml.matchAll(TOKENS)) {
    const parent = path.at(-1) as Grown;
    if (words !== undefined) {
      parent.childNodes.push({ nodeType: 3, textContent: words });
      parent.textContent += words;
    } else if (closing) path.pop();
    else {
      const child = element(name, attributes);
      parent.children.push(child);
      if (!empty) path.push(child);
    }
  }
  return root.children[0] as XmlElement;
}
