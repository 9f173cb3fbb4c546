/** Stands in for age's post-quantum recipients, a third of its weight: unions' keys are X25519. Remove the alias in build.mjs the day one is not. */

function refuse(): never {
  throw new Error("post-quantum recipients are not part of this bundle");
}

const refusing = { keygen: refuse, getPublicKey: refuse, encapsulate: refuse, decapsulate: refuse };

export const MLKEM768P256 = refusing;
export const MLKEM768X25519 = refusing;
