/** A form calls its languages "Français (fr)", "العربية (ar)": the code says direction and voice, the rest is shown. */

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "ckb"]);

export const codeOf = (name: string): string => /\(([A-Za-z-]+)\)\s*$/.exec(name)?.[1]?.toLowerCase() ?? "";
export const nameOf = (name: string): string => name.replace(/\s*\([A-Za-z-]+\)\s*$/, "");

export function dress(element: HTMLElement, language: string, pageLanguage: string): void {
  const code = codeOf(language) || pageLanguage;
  element.lang = code;
  element.dir = RIGHT_TO_LEFT.has(code.split("-")[0] ?? "") ? "rtl" : "ltr";
}
