import { words, type Language, type Words } from '../../../words/index.ts';
import { translator } from '../../kernel/translation/translate.ts';
import type { Reason } from './result.ts';

type FileRule = keyof Words['imports']['fileRule'];
/** Every rule a file, a mapping or a row can break. */
export type ImportRule = FileRule | keyof Words['imports']['rule'];
/** What a row that is kept can have noted of it. */
export type NoteRule = keyof Words['imports']['note'];
/** What is said of a file as a whole. */
export type RemarkRule = keyof Words['imports']['remark'];
/** A target field, or `row` for what concerns the whole row. */
export type ImportField = keyof Words['imports']['field'];

const { field: fields, fileRule: fileRules } = words['zh-CN'].imports;

/** The name of a field in the user's language. */
export function fieldLabel(field: ImportField, language: Language): string {
  return translator(language)(`imports:field.${field}`);
}

/**
 * Words a rule. The parameter `column`, the header as the file has it, names the field where there is
 * one; otherwise the field's own name does.
 */
export function importMessage(
  reason: Reason<ImportRule> & { field?: ImportField },
  language: Language,
): string {
  const say = translator(language);
  const { rule, parameters, field } = reason;
  const label = parameters.column || (field === undefined ? '' : say(`imports:field.${field}`));
  const values: Record<string, string | number> = { label, ...parameters };
  const { other, direction } = parameters;
  if (typeof other === 'string' && isImportField(other)) values.other = say(`imports:field.${other}`);
  if (direction === 'right' || direction === 'left') {
    values.direction = say(`imports:direction.${direction}`);
  }
  return isFileRule(rule) ? say(`imports:fileRule.${rule}`, values) : say(`imports:rule.${rule}`, values);
}

/** Words what is noted of a row, with the header as the file has it or the field's own name. */
export function noteMessage(
  {
    note,
    field,
    column,
    parameters,
  }: {
    note: NoteRule;
    field: ImportField;
    column: string;
    parameters?: Record<string, string | number>;
  },
  language: Language,
): string {
  const say = translator(language);
  const label = column === '' ? say(`imports:field.${field}`) : column;
  return say(`imports:note.${note}`, { label, ...parameters, ...unitOf(parameters?.power, language) });
}

/** Words what is said of a file as a whole. */
export function remarkMessage(
  { remark, parameters }: { remark: RemarkRule; parameters: Record<string, string | number> },
  language: Language,
): string {
  const { field, power } = parameters;
  const say = translator(language);
  const values: Record<string, string | number> = { ...parameters };
  if (typeof field === 'string' && isImportField(field)) values.label = fieldLabel(field, language);
  return say(`imports:remark.${remark}`, { ...values, ...unitOf(power, language) });
}

/** The name of a unit of money by its tens of yuan, for a wording that needs it. */
function unitOf(power: string | number | undefined, language: Language): { unit?: string } {
  if (power !== 3 && power !== 4 && power !== 8) return {};
  return { unit: translator(language)(`imports:moneyUnit.${power}`) };
}

/** Whether a text is the name of a field that has a word. */
export function isImportField(text: string): text is ImportField {
  return Object.hasOwn(fields, text);
}

function isFileRule(rule: ImportRule): rule is FileRule {
  return Object.hasOwn(fileRules, rule);
}

/** Headings of the columns a report of refused rows begins with. */
export function reportHeaders(language: Language): string[] {
  const say = translator(language);
  return [
    say('imports:report.row'),
    say('imports:report.field'),
    say('imports:report.rule'),
    say('imports:report.message'),
  ];
}
