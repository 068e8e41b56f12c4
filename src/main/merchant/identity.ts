import { checkCreditCode, creditCodeCautions, recordedCode } from '../../domain/merchant/codes.ts';
import { RuleRefused } from '../kernel/store/index.ts';
import { serviceError } from '../kernel/errors.ts';

type Numbers = { creditCode: string | null; aliases?: string[] | undefined };

/**
 * The numbers of a merchant as they are recorded: the code in its own writing, an old registration number beside it. A code
 * that looks wrong is recorded when somebody has said that it is as it stands, or it is the one on record; codes of the first
 * years are in use that fail their own check. @throws INPUT_INVALID for what is no code, RULE for one that nobody has confirmed
 */
export function numbersRecorded<Fields extends Numbers>(
  fields: Fields,
  { confirmed, onRecord }: { confirmed: boolean; onRecord: string | null },
): Omit<Fields, 'aliases'> & { creditCode: string | null; aliases?: string[] } {
  const typed = fields.creditCode ?? '';
  const recorded = recordedCode(typed);
  if (recorded === null) {
    const checked = checkCreditCode(typed);
    const rule = checked.kind === 'no-code' ? checked.rule : 'credit-code-none';
    throw serviceError('INPUT_INVALID', { issues: [{ field: 'creditCode', rule }] });
  }
  const { creditCode, alias } = recorded;
  const [caution] = creditCode === null || creditCode === onRecord ? [] : creditCodeCautions(creditCode);
  if (caution !== undefined && !confirmed) throw new RuleRefused(caution);
  const { aliases: given, ...rest } = fields;
  const aliases = alias === null ? given : [...new Set([...(given ?? []), alias])];
  return { ...rest, creditCode, ...(aliases === undefined ? {} : { aliases }) };
}
