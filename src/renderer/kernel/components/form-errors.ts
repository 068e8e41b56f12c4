import type { FieldPath, UseFormReturn } from 'react-hook-form';
import { asApiError } from '../api/errors.ts';
import type { FormValues } from './field.tsx';

/** Puts what a schema refuses at the fields it names, by the schema's own codes. `rename` turns its path into the form's. */
export function showSchemaIssues<Values extends FormValues>(
  form: UseFormReturn<Values>,
  issues: readonly { path: readonly PropertyKey[]; code: string }[],
  rename: (path: string) => string = (path) => path,
): void {
  for (const { path, code } of issues) {
    // A path the form does not have is kept as an error of the form and shown nowhere.
    form.setError(rename(path.map(String).join('.')) as FieldPath<Values>, { type: code, message: code });
  }
}

/** Puts a refusal's issues at their fields; returns true when every issue found one. */
export function showFieldIssues<Values extends FormValues>(
  form: UseFormReturn<Values>,
  error: unknown,
  rename: (field: string) => string = (field) => field,
): boolean {
  const { issues } = asApiError(error);
  const known = form.getValues();
  let placed = 0;
  for (const issue of issues) {
    const field = rename(issue.field);
    if (!has(known, field)) continue;
    form.setError(
      field as FieldPath<Values>,
      { type: issue.rule, message: issue.rule },
      { shouldFocus: placed === 0 },
    );
    placed += 1;
  }
  return issues.length > 0 && placed === issues.length;
}

function has(values: unknown, path: string): boolean {
  let at = values;
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null || !(part in at)) return false;
    at = (at as Record<string, unknown>)[part];
  }
  return true;
}
