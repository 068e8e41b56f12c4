import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CreditDetail } from '../../contract/workstation/credit.ts';
import type { GradeOnRecord } from '../../domain/credit/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { FactLink, signed } from './explanation.tsx';
import { useCreditWords } from './words.ts';

/** Who changed what since the grade before: points line by line, and the facts that came and went, by whom and when. */
export function WhatChanged({ credit, grade }: { credit: CreditDetail; grade: GradeOnRecord }) {
  const { t } = useTranslation('credit');
  const words = useCreditWords();
  const { before, changed } = grade;
  if (before === undefined) return null;
  const facts = changed?.facts ?? [];
  return (
    <section aria-label={t('changed.title')}>
      <h3>
        {t('changed.title')} <Tag>{t(`changed.cause.${grade.cause}`)}</Tag>
      </h3>
      <p>
        {t('changed.was', {
          month: before.month,
          grade: before.grade ?? t('changed.unrated'),
          points: before.points,
          grade2: grade.grade ?? t('changed.unrated'),
          points2: grade.points,
        })}
        {before.policyVersion === grade.policyVersion
          ? null
          : ` · ${t('changed.policy', { from: before.policyVersion, to: grade.policyVersion })}`}
      </p>
      {before.lines.length === 0 ? null : (
        <ul className="heshi-reasons" aria-label={t('changed.lines')}>
          {before.lines.map(({ indicator, from, to }) => (
            <li key={indicator}>
              {t('changed.line', { item: words.indicator(indicator), from: signed(from), to: signed(to) })}
            </li>
          ))}
        </ul>
      )}
      {facts.length === 0 ? (
        <p className="heshi-muted">{t('changed.aged')}</p>
      ) : (
        <ul className="heshi-reasons" aria-label={t('changed.facts')}>
          {facts.map(({ factId, indicator, good, went, by, at }) => {
            const seen = credit.facts.find((one) => one.factId === factId);
            return (
              <li key={`${factId} ${indicator} ${went}`}>
                {t(went ? 'changed.went' : 'changed.came', {
                  direction: t(good ? 'changed.for' : 'changed.against'),
                  item: words.indicator(indicator),
                })}
                {' · '}
                {t('changed.by', {
                  name: by.name,
                  unit: credit.unitNames[by.unitPath] ?? by.unitPath,
                  day: businessDay(at),
                })}
                {/* Of the merchant's own credit its day stands here already. */}
                {seen && seen.kind !== 'credit' ? (
                  <>
                    {' · '}
                    <FactLink fact={seen} />
                  </>
                ) : null}
              </li>
            );
          })}
          {changed && changed.more > 0 ? <li>{t('changed.more', { count: changed.more })}</li> : null}
        </ul>
      )}
    </section>
  );
}
