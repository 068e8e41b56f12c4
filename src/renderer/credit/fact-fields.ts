import { z } from 'zod';
import type { CreditFact } from '../../contract/workstation/credit.ts';
import { dayNeeded, textNeeded } from '../kernel/components/typed-values.ts';

export type FactType = CreditFact['type'];

/** A field of a form: what is typed, and how it goes into the fact. */
export type FactField =
  | {
      name: string;
      label: FieldLabel;
      kind: 'text' | 'long';
      longest: number;
      needed: boolean;
      empty: '' | null;
    }
  | { name: string; label: FieldLabel; kind: 'day'; needed: boolean }
  | { name: string; label: FieldLabel; kind: 'count'; least: number }
  | { name: string; label: FieldLabel; kind: 'choice'; choices: readonly Choice[] }
  | { name: 'facts'; label: 'contested'; kind: 'facts' }
  | { name: 'grade'; label: 'grade'; kind: 'grade' };

export type FieldLabel =
  | 'manner'
  | 'on'
  | 'text'
  | 'reason'
  | 'lateBecause'
  | 'contested'
  | 'upheld'
  | 'title'
  | 'organ'
  | 'number'
  | 'class'
  | 'cause'
  | 'listing'
  | 'ground'
  | 'items'
  | 'clear'
  | 'note'
  | 'grade'
  | 'until';
export type Choice =
  | 'screen'
  | 'paper'
  | 'post'
  | 'yes'
  | 'no'
  | 'minor'
  | 'ordinary'
  | 'serious'
  | 'annulled'
  | 'repaired'
  | 'severe'
  | 'abnormal';

const text = (name: FieldLabel, longest: number, kind: 'text' | 'long' = 'text'): FactField => ({
  name,
  label: name,
  kind,
  longest,
  needed: true,
  empty: '',
});
const on: FactField = { name: 'on', label: 'on', kind: 'day', needed: true };

/** The fields of each form, in order. What is not asked comes from where the form was opened. */
export const FACT_FIELDS: Record<FactType, readonly FactField[]> = {
  'notice-given': [
    { name: 'manner', label: 'manner', kind: 'choice', choices: ['paper', 'screen', 'post'] },
    on,
  ],
  'reply-given': [{ name: 'text', label: 'text', kind: 'long', longest: 500, needed: false, empty: '' }],
  'objection-made': [
    { name: 'facts', label: 'contested', kind: 'facts' },
    text('text', 2000, 'long'),
    { name: 'lateBecause', label: 'lateBecause', kind: 'text', longest: 500, needed: false, empty: null },
  ],
  're-rating-requested': [text('text', 500, 'long')],
  'objection-extended': [text('reason', 500, 'long')],
  'objection-decided': [
    { name: 'upheld', label: 'upheld', kind: 'choice', choices: ['yes', 'no'] },
    text('reason', 2000, 'long'),
  ],
  'award-recorded': [text('title', 200), text('organ', 120), on],
  'price-patrol-recorded': [
    { name: 'items', label: 'items', kind: 'count', least: 1 },
    { name: 'clear', label: 'clear', kind: 'count', least: 0 },
    on,
    { name: 'note', label: 'note', kind: 'long', longest: 500, needed: false, empty: '' },
  ],
  'penalty-recorded': [
    { name: 'class', label: 'class', kind: 'choice', choices: ['minor', 'ordinary', 'serious'] },
    text('number', 80),
    text('organ', 120),
    on,
    text('text', 500, 'long'),
  ],
  'penalty-ended': [
    { name: 'cause', label: 'cause', kind: 'choice', choices: ['repaired', 'annulled'] },
    text('number', 80),
    on,
  ],
  'listing-recorded': [
    { name: 'listing', label: 'listing', kind: 'choice', choices: ['abnormal', 'severe'] },
    { name: 'number', label: 'number', kind: 'text', longest: 80, needed: false, empty: null },
    { name: 'organ', label: 'organ', kind: 'text', longest: 120, needed: false, empty: null },
    { name: 'on', label: 'on', kind: 'day', needed: false },
    text('ground', 500, 'long'),
  ],
  'listing-ended': [text('number', 80), text('organ', 120), on],
  'override-proposed': [
    { name: 'grade', label: 'grade', kind: 'grade' },
    text('reason', 1000, 'long'),
    { name: 'until', label: 'until', kind: 'day', needed: true },
  ],
  'override-confirmed': [],
};

export type FactValues = Record<string, unknown>;

/** What a form with these fields starts from. */
export function startingValues(fields: readonly FactField[], today: string): FactValues {
  return Object.fromEntries(
    fields.map((field): [string, FactValues[string]] => {
      switch (field.kind) {
        case 'day':
          return [field.name, field.name === 'on' && field.needed ? today : null];
        case 'count':
          return [field.name, null];
        case 'choice':
          return [field.name, field.choices[0] ?? ''];
        case 'facts':
          return [field.name, []];
        case 'grade':
          return [field.name, ''];
        default:
          return [field.name, ''];
      }
    }),
  );
}

/** The schema of what is typed. */
export function schemaOf(fields: readonly FactField[]) {
  return z.object(
    Object.fromEntries(
      fields.map((field): [string, z.ZodType] => {
        switch (field.kind) {
          case 'day':
            return [field.name, field.needed ? dayNeeded : z.union([dayNeeded, z.null()])];
          case 'count':
            return [
              field.name,
              z
                .int()
                .min(field.least)
                .max(10_000)
                .nullable()
                .refine((count) => count !== null, { error: 'required' }),
            ];
          case 'choice':
          case 'grade':
            return [field.name, z.string().min(1, { error: 'required' })];
          case 'facts':
            return [field.name, z.array(z.string())];
          default:
            return [
              field.name,
              field.needed ? textNeeded(field.longest) : z.string().max(field.longest, { error: 'too_big' }),
            ];
        }
      }),
    ),
  );
}

/** What is typed as it goes into the fact. */
export function payloadOf(fields: readonly FactField[], values: FactValues): Record<string, unknown> {
  return Object.fromEntries(
    fields.map((field) => {
      const value = values[field.name] ?? null;
      if (field.kind === 'choice' && field.name === 'upheld') return [field.name, value === 'yes'];
      if ((field.kind === 'text' || field.kind === 'long') && !field.needed && value === '')
        return [field.name, field.empty];
      return [field.name, value];
    }),
  );
}
