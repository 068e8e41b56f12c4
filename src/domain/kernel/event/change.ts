/** What stands in one field of a record, as its history shows it; null where nothing does. */
export type FieldValue = string | number | boolean | readonly string[] | null;

/** One field that a fact replaced; `before` is null where nothing stood there, or where it is not known here. */
export type FieldChange<Field extends string = string> = {
  field: Field;
  before: FieldValue;
  after: FieldValue;
};

/** A fact of a record's history, as far as it is asked what it changed; one that was refused does not count. */
export type PastFact = { eventId: string; type: string; payload: unknown; counts: boolean };
