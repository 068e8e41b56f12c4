import { Input } from 'antd';
import type { Control, FieldPath } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { checkCreditCode, creditCodeCautions, type CheckedCreditCode } from '../../domain/merchant/codes.ts';
import { FormField, type FormValues, type FoundRule } from '../kernel/components/field.tsx';

/** What to say of a code at its field; null where it is fine or not there. */
function cautionOf(value: unknown): FoundRule | null {
  const text = typeof value === 'string' ? value : '';
  const checked = checkCreditCode(text);
  if (checked.kind === 'registration-number')
    return { rule: checked.sound ? 'credit-code-earlier-number' : 'credit-code-earlier-number-unsound' };
  const cautions = creditCodeCautions(text);
  // The one character that would put all of it right says more than which check failed.
  const [first] = cautions.toSorted((one, other) => likely(other) - likely(one));
  return first ?? null;
}

const likely = ({ rule }: { rule: string }): number => (rule === 'credit-code-likely' ? 1 : 0);

/** A unified social credit code as it is typed: what looks wrong is said and marked in place, and may be saved all the same. */
export function CodeField<Values extends FormValues>({
  control,
  name,
}: {
  control: Control<Values>;
  name: FieldPath<Values>;
}) {
  const { t } = useTranslation('merchants');
  return (
    <FormField control={control} name={name} label={t('form.creditCode')} cautionOf={cautionOf}>
      {({ id, value, onChange, onBlur, ref, status, aria }) => {
        const text = typeof value === 'string' ? value : '';
        return (
          <>
            <Input
              {...aria}
              id={id}
              ref={ref}
              status={status}
              value={text}
              maxLength={60}
              placeholder={t('form.creditCodeHint')}
              onChange={(event) => onChange(event.target.value)}
              onBlur={onBlur}
            />
            <MarkedCode checked={checkCreditCode(text)} />
          </>
        );
      }}
    </FormField>
  );
}

/** A code in fours, with the places that look wrong marked; nothing for one that is fine. */
export function MarkedCode({ checked }: { checked: CheckedCreditCode }) {
  const { t } = useTranslation('register');
  if (checked.kind !== 'doubtful' || checked.code.length !== 18) return null;
  const places = new Set(checked.findings.flatMap(({ positions }) => positions));
  return (
    <div className="heshi-marked-code">
      <span className="heshi-muted">{t('code.marked')}</span>{' '}
      <code>
        {Array.from(checked.code).map((character, index) => {
          const position = index + 1;
          // A place is what it is: the code is read from left to right.
          return places.has(position) ? (
            <mark key={position} title={t('code.place', { position })}>
              {character}
            </mark>
          ) : (
            <span key={position}>{character}</span>
          );
        })}
      </code>
    </div>
  );
}
