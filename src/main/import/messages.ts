import * as english from './messages/en.ts';
import * as chinese from './messages/zh-CN.ts';
import type { Reason } from './result.ts';

export type ImportLanguage = 'zh-CN' | 'en';
/** Every rule a file, a mapping or a row can break. */
export type ImportRule = keyof typeof chinese.ruleMessages;
/** A target field, or `row` for what concerns the whole row. */
export type ImportField = keyof typeof chinese.fieldLabels;

const CATALOGUES = { 'zh-CN': chinese, en: english } as const satisfies Record<ImportLanguage, unknown>;

/** The name of a field in the user's language. */
export function fieldLabel(field: ImportField, language: ImportLanguage): string {
  return CATALOGUES[language].fieldLabels[field];
}

/**
 * Words a rule. The parameter `column`, the header as the file has it, names the field where there is
 * one; otherwise the field's own name does.
 */
export function importMessage(
  reason: Reason<ImportRule> & { field?: ImportField },
  language: ImportLanguage,
): string {
  const { ruleMessages, fieldLabels, directions } = CATALOGUES[language];
  const { parameters, field } = reason;
  const label = parameters.column || (field === undefined ? '' : fieldLabels[field]);
  const values: Record<string, string | number> = { label, ...parameters };
  const other = parameters.other;
  if (typeof other === 'string' && isImportField(other)) values.other = fieldLabels[other];
  if (parameters.direction === 'right' || parameters.direction === 'left') {
    values.direction = directions[parameters.direction];
  }
  return ruleMessages[reason.rule].replace(/\{(\w+)\}/g, (hole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : hole,
  );
}

/** Whether a text is the name of a field this catalogue words. */
export function isImportField(text: string): text is ImportField {
  return Object.hasOwn(chinese.fieldLabels, text);
}

/** Headers of the columns a report of refused rows begins with. */
export function reportHeaders(
  language: ImportLanguage,
): Record<'row' | 'field' | 'rule' | 'message', string> {
  return CATALOGUES[language].reportHeaders;
}
