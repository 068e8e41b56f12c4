/** A value that is JSON already, for the writer of answers to take as it stands. */
class PlainJson {
  readonly #value: unknown;
  constructor(value: unknown) {
    this.#value = value;
  }
  toJSON(): unknown {
    return this.#value;
  }
}

/**
 * Spares an answer's long part the walk of oRPC's serializer, which looks at every member of it for dates, files and
 * sets; `JSON.stringify` then finds `toJSON`. For values made of nothing but what JSON has.
 */
export function plainJson<Value extends object>(value: Value): Value {
  // Only ever written out: on the wire it is the value.
  return new PlainJson(value) as unknown as Value;
}
