/** A refusal with the key of the sentence that tells the person what to do (see texts.json). */
export class Refused extends Error {
  constructor(readonly key: string) {
    super(key);
    this.name = "Refused";
  }
}

export const refusalKey = (reason: unknown, otherwise: string): string => (reason instanceof Refused ? reason.key : otherwise);
