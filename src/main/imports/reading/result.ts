/** A named reason with its parameters; the catalogue in `messages/` words it in both languages. */
export type Reason<Rule extends string = string> = {
  rule: Rule;
  parameters: Record<string, string | number>;
};

/** Either a value or the reason why there is none. */
export type Reading<Value, Rule extends string = string> =
  | { ok: true; value: Value }
  | { ok: false; error: Reason<Rule> };

export function read<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

export function unreadable<Rule extends string>(
  rule: Rule,
  parameters: Record<string, string | number> = {},
): { ok: false; error: Reason<Rule> } {
  return { ok: false, error: { rule, parameters } };
}
