import { Collapse, Slider } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type CreditPolicy,
  type GradeOnRecord,
  inputsOfLines,
  isIndicator,
  type Listing,
  monthNumber,
  whatIf,
} from '../../domain/credit/index.ts';
import { type Lapsed, withoutLapsed } from '../../domain/sanction/index.ts';
import { useCreditWords } from './words.ts';

/** Facts that are tried on top at most. */
const MOST = 10;

/** Points and grade with more facts in the merchant's favour, worked out here from the published explanation alone. */
export function WhatIf({
  listings,
  lapsed,
  grade,
  policy,
}: {
  /** The lists that the merchant stands on. */
  listings: readonly Listing[];
  lapsed: readonly Lapsed[];
  grade: GradeOnRecord;
  policy: CreditPolicy;
}) {
  const { t } = useTranslation('credit');
  const words = useCreditWords();
  const [more, setMore] = useState<Readonly<Record<string, number>>>({});
  const labels = useId();
  const { tally: published, means } = inputsOfLines(grade.lines);
  const tally = withoutLapsed(published, lapsed, monthNumber(`${grade.month}-01`));
  const supposed = Object.entries(more).flatMap(([indicator, good]) =>
    isIndicator(indicator) ? [{ indicator, good, bad: 0 }] : [],
  );
  const found = whatIf(
    policy,
    tally,
    {
      category: grade.category,
      means,
      listings,
      disputed: false,
    },
    supposed,
  );
  const name = found.grade === null ? t('notRated') : words.grade(found.grade);
  const rates = grade.lines.filter(({ kind, indicator }) => kind === 'rate' && isIndicator(indicator));
  return (
    <Collapse
      ghost
      size="small"
      items={[
        {
          key: 'what-if',
          label: t('whatIf.title'),
          children: (
            <div className="heshi-what-if">
              <p>{t('whatIf.text')}</p>
              {rates.map(({ indicator }) => (
                <div key={indicator} className="heshi-slider">
                  <span id={`${labels}-${indicator}`}>{words.indicator(indicator)}</span>
                  <Slider
                    min={0}
                    max={MOST}
                    value={more[indicator] ?? 0}
                    onChange={(value) => setMore((before) => ({ ...before, [indicator]: value }))}
                    ariaLabelledByForHandle={`${labels}-${indicator}`}
                    ariaValueTextFormatterForHandle={(value) => t('whatIf.more', { count: value })}
                    tooltip={{ formatter: (value) => t('whatIf.more', { count: value ?? 0 }) }}
                  />
                </div>
              ))}
              <p role="status" className="heshi-strong">
                {t('whatIf.result', { points: found.points, grade: name })}
                {found.points === grade.points && found.grade === grade.grade
                  ? ` · ${t('whatIf.same')}`
                  : null}
              </p>
            </div>
          ),
        },
      ]}
    />
  );
}
