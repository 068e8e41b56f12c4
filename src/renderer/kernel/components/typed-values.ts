import { z } from 'zod';

/**
 * Schemas of what the typed fields hold: the value read, the text as typed when it cannot be read, or null
 * when nothing was typed. Each refuses with a rule that the `rules` translations word.
 */

const missing = (input: unknown): boolean => input === null || input === undefined || input === '';

/** An amount that has to be there, in fen. */
export const amountNeeded = z.union([z.number(), z.string(), z.null()]).superRefine((value, context) => {
  if (missing(value)) context.addIssue({ code: 'custom', message: 'required' });
  else if (typeof value !== 'number') context.addIssue({ code: 'custom', message: 'amount-unreadable' });
});

/** An amount that may be left out, in fen. */
export const amountIfAny = z
  .union([z.number(), z.string(), z.null()])
  .refine((value) => missing(value) || typeof value === 'number', { error: 'amount-unreadable' });

const isDay = (value: unknown): value is string => z.iso.date().safeParse(value).success;

/** A day that has to be there, `YYYY-MM-DD`. */
export const dayNeeded = z
  .string()
  .nullable()
  .superRefine((value, context) => {
    if (missing(value)) context.addIssue({ code: 'custom', message: 'required' });
    else if (!isDay(value)) context.addIssue({ code: 'custom', message: 'day-unreadable' });
  });

/** A day that may be left out. */
export const dayIfAny = z
  .string()
  .nullable()
  .refine((value) => missing(value) || isDay(value), { error: 'day-unreadable' });

const isPhone = (value: string): boolean => /^\+?\d{7,15}$/.test(value);

/** A phone that has to be there, figures with or without a leading `+`. */
export const phoneNeeded = z
  .string()
  .nullable()
  .superRefine((value, context) => {
    if (missing(value)) context.addIssue({ code: 'custom', message: 'required' });
    else if (!isPhone(value ?? '')) context.addIssue({ code: 'custom', message: 'phone-invalid' });
  });

/** A phone that may be left out. */
export const phoneIfAny = z
  .string()
  .nullable()
  .refine((value) => missing(value) || isPhone(value ?? ''), { error: 'phone-invalid' });

/** One of a list, which has to be chosen. */
export function chosen<Choice extends z.ZodType>(choice: Choice) {
  return choice.nullable().refine((value) => value !== null, { error: 'required' });
}

/** Text that has to be there. */
export function textNeeded(longest: number) {
  return z.string().trim().min(1, { error: 'required' }).max(longest, { error: 'too_big' });
}

/** The amount read, or null. */
export function fenOf(value: number | string | null): number | null {
  return typeof value === 'number' ? value : null;
}

/** Text without its edges; null when nothing is left. */
export function textOrNull(value: string | null): string | null {
  const trimmed = (value ?? '').trim();
  return trimmed === '' ? null : trimmed;
}
