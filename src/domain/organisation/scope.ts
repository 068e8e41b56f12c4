/**
 * Which units a call concerns, declared beside the call. What a person or a device may see is their own unit and all
 * below it; a record of elsewhere is known to them only where the centre's feed has brought it into their sight.
 *
 * - `none`: nothing that belongs to a unit.
 * - `own unit`: what stands at the caller's unit, whatever the input says.
 * - `unit and below`: the unit named by one of the `fields` of the input, and all below it; the caller's own where
 *   none is named.
 * - `record in sight`: the records of this workstation, all of which are in its unit's sight.
 */
export type Scope =
  | { within: 'none' | 'own unit' | 'record in sight' }
  | { within: 'unit and below'; fields: readonly string[] };

export const NO_SCOPE = { within: 'none' } as const satisfies Scope;
export const OWN_UNIT = { within: 'own unit' } as const satisfies Scope;
export const IN_SIGHT = { within: 'record in sight' } as const satisfies Scope;

/** @param fields where the input may name the unit, as paths with dots: `filter.path` */
export function unitAndBelow(...fields: string[]): Scope {
  return { within: 'unit and below', fields };
}

/** What stands at a path with dots in an input that nobody has validated yet; undefined where nothing does. */
export function fieldOf(input: unknown, path: string): unknown {
  let value = input;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** The units that an input names within its call's scope; what is no text is left to validation. */
export function unitsNamed(scope: Scope, input: unknown): string[] {
  if (scope.within !== 'unit and below') return [];
  return scope.fields.map((field) => fieldOf(input, field)).filter((path) => typeof path === 'string');
}
