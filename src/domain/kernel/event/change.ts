/** The value of one field as a record's history shows it; null when empty. */
export type FieldValue = string | number | boolean | readonly string[] | null;

/** One field that an event replaced; `before` is null when it was empty, or is not known here. */
export type FieldChange<Field extends string = string> = {
  field: Field;
  before: FieldValue;
  after: FieldValue;
};

/** An event of a record's history, for showing what it changed; refused events do not count. */
export type PastFact = { eventId: string; type: string; payload: unknown; counts: boolean };
