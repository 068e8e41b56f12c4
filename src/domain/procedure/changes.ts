import { z } from 'zod';
import type { Procedure } from './procedure.ts';

/** One field that differs; null where it is not there. */
export const FieldChange = z.object({
  field: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type FieldChange = z.infer<typeof FieldChange>;

/** What names an entry of a list, so that moving it is no change of all behind it. */
function nameOf(entry: unknown, index: number): string {
  if (typeof entry !== 'object' || entry === null) return String(index);
  const { code, level, path } = entry as { code?: string; level?: number; path?: string };
  return String(code ?? level ?? path ?? index);
}

function leaves(value: unknown, field: string, found: Map<string, string>): void {
  if (Array.isArray(value)) {
    // Parties and levels are sets of plain values: read as one.
    if (value.every((one) => typeof one !== 'object')) found.set(field, value.join(', '));
    else value.forEach((one, index) => leaves(one, `${field}.${nameOf(one, index)}`, found));
    return;
  }
  if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value))
      leaves(inner, field === '' ? name : `${field}.${name}`, found);
    return;
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    found.set(field, String(value));
}

/** What differs between two versions, field by field, in the order of the new one; entries by code or level. */
export function procedureChanges(before: Procedure, after: Procedure): FieldChange[] {
  const [old, fresh] = [new Map<string, string>(), new Map<string, string>()];
  leaves(before, '', old);
  leaves(after, '', fresh);
  return [...new Set([...fresh.keys(), ...old.keys()])].flatMap((field) => {
    const [from, to] = [old.get(field) ?? null, fresh.get(field) ?? null];
    return from === to ? [] : [{ field, from, to }];
  });
}
