import { useState, type BaseSyntheticEvent } from 'react';
import type { FieldErrors, FieldPath, UseFormReturn } from 'react-hook-form';
import type { FieldIssue } from '../../../contract/workstation/errors.ts';
import { asApiError } from '../api/errors.ts';
import { fieldFor, fieldsOnScreen, focusFirst } from './field-places.ts';
import type { FormValues } from './field.tsx';

type SchemaIssue = { path: readonly PropertyKey[]; code: string; message?: string };

const RULE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What a schema refuses, as field and rule. A message that is a rule of ours is more exact than the schema's own code. */
export function issuesOfSchema(
  issues: readonly SchemaIssue[],
  rename: (path: string) => string = (path) => path,
): FieldIssue[] {
  return issues.map(({ path, code, message = '' }) => ({
    field: rename(path.map(String).join('.')),
    rule: RULE.test(message) ? message : code,
  }));
}

/**
 * Which issue belongs to which of the fields on the screen. Each issue is in one of the two lists: at a field, or loose,
 * to be said in a notice that names field and rule.
 */
export function sortIssues(
  issues: readonly FieldIssue[],
  fields: ReadonlySet<string>,
): { placed: { name: string; issue: FieldIssue }[]; loose: FieldIssue[] } {
  const placed: { name: string; issue: FieldIssue }[] = [];
  const loose: FieldIssue[] = [];
  for (const issue of issues) {
    const name = fieldFor(issue.field, fields);
    if (name === null) loose.push(issue);
    else placed.push({ name, issue });
  }
  return { placed, loose };
}

/**
 * Puts issues at their fields, opens the section that such a field is folded into and puts the focus into the first.
 * @returns those that found no field, which the caller has to say in a notice
 */
function placeIssues<Values extends FormValues>(
  form: UseFormReturn<Values>,
  issues: readonly FieldIssue[],
): FieldIssue[] {
  const { placed, loose } = sortIssues(issues, fieldsOnScreen(form.control));
  for (const { name, issue } of placed)
    form.setError(name as FieldPath<Values>, { type: issue.rule, message: issue.rule });
  if (placed.length > 0)
    focusFirst(
      form.control,
      placed.map(({ name }) => name),
    );
  return loose;
}

/**
 * Puts what a schema refuses at the fields it names, by the schema's own codes. `rename` turns its path into the form's.
 * @returns what found no field
 */
export function showSchemaIssues<Values extends FormValues>(
  form: UseFormReturn<Values>,
  issues: readonly SchemaIssue[],
  rename?: (path: string) => string,
): FieldIssue[] {
  return placeIssues(form, issuesOfSchema(issues, rename));
}

/** Puts a refusal's issues at their fields; returns true when every issue found one. */
export function showFieldIssues<Values extends FormValues>(
  form: UseFormReturn<Values>,
  error: unknown,
  rename: (field: string) => string = (field) => field,
): boolean {
  const { issues } = asApiError(error);
  const loose = placeIssues(
    form,
    issues.map((issue) => ({ ...issue, field: rename(issue.field) })),
  );
  return issues.length > 0 && loose.length === 0;
}

/** The errors of a form as field and rule, group by group. */
export function issuesOfErrors(errors: object, path = ''): FieldIssue[] {
  return Object.entries(errors).flatMap(([key, value]): FieldIssue[] => {
    if (typeof value !== 'object' || value === null || key === 'ref') return [];
    // react-hook-form keeps the error of a whole list under `root`.
    const at = key === 'root' ? path : path === '' ? key : `${path}.${key}`;
    const one = value as { type?: unknown; message?: unknown };
    if (typeof one.type !== 'string') return issuesOfErrors(value, at);
    const message = typeof one.message === 'string' ? one.message : '';
    return [{ field: at, rule: RULE.test(message) ? message : one.type }];
  });
}

/**
 * A form's way to be saved that is never silent: what its schema refuses is seen at its field, or among `loose`, which
 * belongs into a `LooseIssues` beside the form.
 */
export function useSubmit<Values extends FormValues>(
  form: UseFormReturn<Values>,
  save: (values: Values) => unknown,
): { submit: (event?: BaseSyntheticEvent) => Promise<void>; loose: FieldIssue[] } {
  const [loose, setLoose] = useState<FieldIssue[]>([]);
  const submit = form.handleSubmit(
    async (values) => {
      setLoose([]);
      await save(values);
    },
    (errors: FieldErrors<Values>) => {
      setLoose(placeIssues(form, issuesOfErrors(errors)));
    },
  );
  return { submit, loose };
}
