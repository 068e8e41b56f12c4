import { Button, Card } from 'antd';
import { useWatch, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { StorefrontRow } from '../../contract/workstation/street.ts';
import { shiftDay } from '../../domain/kernel/calendar/index.ts';
import { type Checklist, passes, scoreOf } from '../../domain/street/index.ts';
import { FormField, TextField } from '../kernel/components/field.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { DayField } from '../kernel/components/typed-field.tsx';
import { ItemRow } from './item-row.tsx';
import { answersOf, EMPTY_ITEM, type ItemValue, type PatrolValues } from './values.ts';
import { useStreetWords } from './words.ts';

type Given = Record<string, ItemValue>;

/** What is found in one shop: an answer to every item, the score as it stands, and when it is looked at again. */
export function VisitCard({
  form: { control, setValue, getValues },
  shop: { merchantId, merchantName },
  checklist,
  on,
}: {
  form: UseFormReturn<PatrolValues>;
  shop: StorefrontRow;
  checklist: Checklist;
  on: string;
}) {
  const { t } = useTranslation('streets');
  const at = `visits.${merchantId}` as const;
  const visit = useWatch({ control, name: at });
  const given: Given = visit?.answers ?? {};
  const anythingMissed = Object.values(given).some(({ answer }) => answer === 'missed');
  const answered = (next: Given): Given => {
    // Proposed once something was missed; whoever has typed a day keeps it.
    const missed = Object.values(next).some(({ answer }) => answer === 'missed');
    if (missed && !getValues(`${at}.recheckOn`))
      setValue(`${at}.recheckOn`, shiftDay(on, checklist.recheck.days));
    return next;
  };
  return (
    <Card
      size="small"
      title={<h2>{merchantName}</h2>}
      extra={<Standing checklist={checklist} given={given} />}
    >
      <FormField control={control} name={`${at}.answers`} label={t('patrol.answers')} required>
        {({ id, onChange }) => (
          <div id={id} className="heshi-stack-s">
            {checklist.items.map((item) => (
              <ItemRow
                key={item.code}
                item={item}
                shopName={merchantName}
                value={given[item.code] ?? EMPTY_ITEM}
                onChange={(value) =>
                  onChange(answered({ ...getValues(`${at}.answers`), [item.code]: value }))
                }
              />
            ))}
            <div>
              <Button
                size="small"
                aria-label={`${t('patrol.restMet')} ${merchantName}`}
                onClick={() => onChange(withRestMet(checklist, given))}
              >
                {t('patrol.restMet')}
              </Button>
            </div>
          </div>
        )}
      </FormField>
      <div className="heshi-grid">
        <TextField control={control} name={`${at}.findings`} label={t('patrol.findings')} rows={2} />
        {anythingMissed ? (
          <DayField
            control={control}
            name={`${at}.recheckOn`}
            label={t('patrol.recheckOn')}
            help={t('patrol.recheckHint', { days: checklist.recheck.mostDays })}
            lean="future"
            required
          />
        ) : null}
      </div>
    </Card>
  );
}

function withRestMet({ items }: Checklist, given: Given): Given {
  return Object.fromEntries(
    items.map(({ code }) => {
      const value = given[code] ?? EMPTY_ITEM;
      return [code, value.answer === null ? { ...value, answer: 'met' as const } : value];
    }),
  );
}

function Standing({ checklist, given }: { checklist: Checklist; given: Given }) {
  const { t } = useTranslation('streets');
  const { points } = useStreetWords();
  const answers = answersOf(checklist, given);
  const open = checklist.items.length - answers.length;
  if (open > 0) return <StatusTag tone="warning">{t('patrol.open', { count: open })}</StatusTag>;
  const score = scoreOf(checklist, answers);
  const passed = passes(checklist, score);
  return (
    <span className="heshi-row">
      <strong>{t('patrol.score', { points: points(score.basisPoints) })}</strong>
      <StatusTag tone={passed ? 'good' : 'bad'}>{t(passed ? 'patrol.passes' : 'patrol.fails')}</StatusTag>
    </span>
  );
}
