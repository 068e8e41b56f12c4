import { Button, Card, Segmented, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { versionsAt, type VersionView } from '../../domain/procedure/overview.ts';
import { useRules } from '../kernel/app/rules.tsx';
import { Page } from '../kernel/components/page.tsx';
import { CalendarCard } from './calendar-card.tsx';
import { Changes } from './changes.tsx';
import { CodesCard } from './codes-card.tsx';
import { GroundsCard } from './grounds-card.tsx';
import { InstrumentsCard } from './instruments-card.tsx';
import { LimitsCard } from './limits-card.tsx';
import './procedure.css';

/** The procedure in force and those to come, rule by rule with its article, and the years of the calendar. */
export function ProcedurePage() {
  const { t } = useTranslation('procedure');
  const navigate = useNavigate();
  const { rules, unitPath, day } = useRules();
  const versions = versionsAt(rules, unitPath, day);
  const [chosen, setChosen] = useState<number | null>(null);
  const inForce = versions.find(({ status }) => status === 'in-force');
  const view = versions.find(({ version }) => version === chosen) ?? inForce ?? versions[0];
  if (!view) return null;
  return (
    <Page
      title={t('title')}
      actions={<Button onClick={() => void navigate('/settings')}>{t('back')}</Button>}
    >
      <p className="heshi-flush heshi-muted">
        {t('intro')} {t('legend')}
      </p>
      <div className="heshi-procedure-versions">
        <Segmented<number>
          aria-label={t('versions')}
          value={view.version}
          onChange={setChosen}
          options={versions.map(({ version, status }) => ({
            value: version,
            label: `${t('version', { version })} · ${t(`status.${status}`)}`,
          }))}
        />
      </div>
      <div className="heshi-procedure">
        <Summary view={view} before={versions.find(({ version }) => version === view.version - 1)} />
        <LimitsCard procedure={view.procedure} />
        <CalendarCard />
        <GroundsCard list="refusalGrounds" procedure={view.procedure} />
        <GroundsCard list="terminationGrounds" procedure={view.procedure} />
        <InstrumentsCard procedure={view.procedure} />
        <CodesCard procedure={view.procedure} />
      </div>
    </Page>
  );
}

function Summary({ view, before }: { view: VersionView; before: VersionView | undefined }) {
  const { t } = useTranslation('procedure');
  const { say } = useRules();
  const { procedure, status, publishedAt, replacedBy } = view;
  return (
    <Card size="small" title={<h2>{say(procedure.name)}</h2>}>
      <p className="heshi-flush-top">
        <Tag color={status === 'in-force' ? 'success' : 'default'}>{t(`status.${status}`)}</Tag>
        {t(`statusText.${status}`, { day: procedure.effectiveFrom, by: replacedBy ?? '' })}
      </p>
      <p className="heshi-flush-bottom">
        {[
          t('effectiveFrom', { day: procedure.effectiveFrom }),
          publishedAt === null ? t('shipped') : t('publishedAt', { day: businessDay(publishedAt) }),
          t('measure', { measure: say(procedure.measure) }),
        ].join(' · ')}
      </p>
      {before ? <Changes before={before} after={view} /> : null}
    </Card>
  );
}
