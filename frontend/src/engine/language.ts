import type { RootNode } from "@getodk/xforms-engine";

/** "Français (fr)" → "fr": forms name their languages so. A bare code stands for itself. */
export const languageCode = (name: string): string => /\(([A-Za-z-]+)\)\s*$/.exec(name)?.[1]?.toLowerCase() ?? name.toLowerCase();

export function speak(root: RootNode, wanted: string): void {
  for (const language of root.languages) {
    if (language.isSyntheticDefault) continue;
    if (language.language === wanted || languageCode(language.language) === wanted) {
      root.setLanguage(language);
      return;
    }
  }
}
