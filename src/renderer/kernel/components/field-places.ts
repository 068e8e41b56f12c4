import { useLayoutEffect } from 'react';

/** Where each field of a form stands on the screen: its name, and the id of the element that is typed into. */
const places = new WeakMap<object, Map<string, string>>();

const FOCUSABLE =
  'input:not([type="hidden"]):not(:disabled), textarea:not(:disabled), button:not(:disabled), [tabindex="0"]';

/** A section that was folded, or a panel still sliding in, is drawn some frames later. */
const FRAMES = 40;

/** Says, as long as the caller is on the screen, that the field `name` of this form stands in the element `id`. */
export function useFieldPlace(form: object, name: string, id: string): void {
  useLayoutEffect(() => {
    const fields = places.get(form) ?? new Map<string, string>();
    places.set(form, fields);
    fields.set(name, id);
    return () => {
      if (fields.get(name) === id) fields.delete(name);
    };
  }, [form, name, id]);
}

/** The names of the form's fields that are on the screen. */
export function fieldsOnScreen(form: object): ReadonlySet<string> {
  return new Set(places.get(form)?.keys());
}

/** The field that a schema's path belongs to: that of its name, or the group it is a part of; null where there is none. */
export function fieldFor(path: string, fields: ReadonlySet<string>): string | null {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    if (fields.has(at)) return at;
  }
  return null;
}

/** Puts the focus into the first of these fields as they stand on the screen, as soon as it can be seen. */
export function focusFirst(form: object, names: readonly string[]): void {
  const ids = names.flatMap((name) => places.get(form)?.get(name) ?? []);
  const attempt = (triesLeft: number): void => {
    const elements = ids.flatMap((id) => document.getElementById(id) ?? []);
    elements.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    const [first] = elements;
    const target = first?.matches(FOCUSABLE) ? first : first?.querySelector<HTMLElement>(FOCUSABLE);
    if (target && target.getClientRects().length > 0) target.focus();
    if (document.activeElement !== target && triesLeft > 0)
      requestAnimationFrame(() => attempt(triesLeft - 1));
  };
  requestAnimationFrame(() => attempt(FRAMES));
}
