import { useEffect, useRef } from 'react';
import { useWatch, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { limitationDay } from '../../domain/case/limitation.ts';
import { DayText } from '../../domain/kernel/event/event.ts';
import type { Procedure } from '../../domain/procedure/index.ts';
import { useRules } from '../kernel/app/rules.tsx';
import type { CaseForm } from './case-form.ts';

/** That a complaint may be too late, with the article: a fact to ask about, never a verdict. Nothing while it is in time. */
export function LimitationHint({
  occurredOn,
  receivedOn,
  procedure,
}: {
  occurredOn: string;
  /** The day on which the complaint came. */
  receivedOn: string;
  procedure: Procedure;
}) {
  const { t } = useTranslation('cases');
  const { say } = useRules();
  const last = limitationDay(occurredOn, procedure);
  if (receivedOn <= last) return null;
  const { value, article } = procedure.limits.limitationYears;
  return (
    <div className="heshi-hint" role="note">
      {t('page.limitation', { count: value, day: last, article: say(article) })}
    </div>
  );
}

/** The same while a dispute is registered, as soon as its day is typed: below the day's row, and never below the window's edge. */
export function LimitationWhileRegistering({ control }: { control: Control<CaseForm> }) {
  const occurredOn = useWatch({ control, name: 'facts.occurredOn' });
  const { day, current } = useRules();
  const place = useRef<HTMLDivElement>(null);
  const late = DayText.safeParse(occurredOn).success && day > limitationDay(occurredOn, current);
  useEffect(() => {
    if (late) place.current?.scrollIntoView({ block: 'nearest' });
  }, [late]);
  if (!late) return null;
  return (
    <div ref={place} className="heshi-limitation">
      <LimitationHint occurredOn={occurredOn} receivedOn={day} procedure={current} />
    </div>
  );
}
