/** What the server tells a page in `<script type="application/json" id="…">`, or null where the page has none. */
export function pageSettings<Settings>(id: string): Settings | null {
  const script = document.getElementById(id);
  return script?.textContent ? (JSON.parse(script.textContent) as Settings) : null;
}

export type Say = (key: string, values?: Record<string, string>) => string;

/** English stands in only where the server sent no sentence for a key. */
export function speaker(english: Record<string, string>, sent: Record<string, string> | undefined): Say {
  const known: Record<string, string> = { ...english, ...sent };
  return (key, values = {}) => (known[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
