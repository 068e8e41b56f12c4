import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Skeleton, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanView as View } from '../../contract/workstation/inspection.ts';
import type { NumberedPlan, PlanClass } from '../../domain/inspection/index.ts';
import { shiftDay } from '../../domain/kernel/calendar/index.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { Dialog } from '../kernel/kit/dialog.tsx';
import { useToday } from '../kernel/kit/now.tsx';
import type { ViewProps } from './inspections-page.tsx';
import { toneOfClass, useInspectionWords } from './words.ts';

/** Which share of each class is inspected, and how, with where each share comes from. */
export function PlanView({ frame }: ViewProps) {
  const { t, i18n } = useTranslation('inspections');
  const [publishing, setPublishing] = useState(false);
  const plan = useQuery({ queryKey: ['inspections', 'plan'], queryFn: () => api.inspections.plan() });
  return frame({
    primary: plan.data?.canPublish ? (
      <Button type="primary" onClick={() => setPublishing(true)}>
        {t('plan.publish')}
      </Button>
    ) : undefined,
    children: (
      <div className="heshi-inspection">
        {plan.error ? <ErrorNotice error={plan.error} kept={false} /> : null}
        {plan.isPending ? <Skeleton active /> : null}
        {plan.data ? <PlanCard numbered={plan.data.inForce} english={i18n.language === 'en'} /> : null}
        {plan.data && plan.data.last.version !== plan.data.inForce.version ? (
          <PlanCard numbered={plan.data.last} english={i18n.language === 'en'} />
        ) : null}
        {plan.data && publishing ? (
          <PublishDialog view={plan.data} onClose={() => setPublishing(false)} />
        ) : null}
      </div>
    ),
  });
}

function PlanCard({ numbered: { version, plan }, english }: { numbered: NumberedPlan; english: boolean }) {
  const { t } = useTranslation('inspections');
  const common = useTranslation('common');
  const words = useInspectionWords();
  const title = t('plan.heading', {
    name: english ? plan.name.en : plan.name.zh,
    version,
    from: plan.effectiveFrom,
  });
  return (
    <Card size="small" title={<h2>{title}</h2>}>
      <Table<PlanClass>
        aria-label={title}
        size="small"
        rowKey="class"
        dataSource={plan.classes}
        pagination={false}
        columns={[
          {
            key: 'class',
            title: t('column.class'),
            render: (_, one) => (
              <StatusTag tone={toneOfClass(one.class)}>{words.className(one.class)}</StatusTag>
            ),
          },
          {
            key: 'share',
            title: t('column.share'),
            align: 'end',
            render: (_, one) => words.share(one.perMille),
          },
          { key: 'manner', title: t('column.manner'), render: (_, one) => t(`manner.${one.manner}`) },
          {
            key: 'example',
            title: t('plan.example'),
            render: (_, { example }) =>
              example === null ? '—' : `${words.share(example.from)} – ${words.share(example.to)}`,
          },
          {
            key: 'source',
            title: t('plan.source'),
            render: (_, { source }) => (
              <>
                {source.text}
                <div className="heshi-note">
                  {source.tag === 'local' ? t('plan.local') : common.t(`deadline.tag.${source.tag}`)}
                </div>
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

const MANNERS = ['guidance', 'random', 'key'] as const;

function PublishDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const { t } = useTranslation('inspections');
  const words = useInspectionWords();
  const queries = useQueryClient();
  const today = useToday();
  const { plan, version } = view.last;
  return (
    <Dialog
      title={t('plan.publish')}
      text={t('plan.publishText')}
      onClose={onClose}
      fieldOf={(field) => {
        // The rule names a class by its place in the plan, the form by its name.
        const place = field.match(/classes\.(\d+)\./)?.[1];
        const named = place === undefined ? undefined : plan.classes[Number(place)];
        return named ? `share-${named.class}` : field.replace(/^plan\./, '');
      }}
      fields={[
        { kind: 'day', name: 'effectiveFrom', label: t('field.effectiveFrom'), initial: shiftDay(today, 1) },
        ...plan.classes.flatMap((one) => [
          {
            kind: 'number' as const,
            name: `share-${one.class}`,
            label: t('plan.shareOf', { name: words.className(one.class) }),
            initial: one.perMille / 10,
          },
          {
            kind: 'choice' as const,
            name: `manner-${one.class}`,
            label: t('plan.mannerOf', { name: words.className(one.class) }),
            initial: one.manner,
            options: MANNERS.map((value) => ({ value: value as string, label: t(`manner.${value}`) })),
          },
        ]),
        { kind: 'text', name: 'source', label: t('plan.sourceOf'), help: t('plan.sourceHint') },
      ]}
      save={async (values, eventId) => {
        const next = await api.inspections.publishPlan({
          eventId,
          version: version + 1,
          plan: {
            ...plan,
            effectiveFrom: String(values['effectiveFrom']),
            classes: plan.classes.map((one) => {
              const perMille = Math.round(Number(values[`share-${one.class}`]) * 10);
              const chosen = values[`manner-${one.class}`];
              const manner = MANNERS.find((known) => known === chosen) ?? one.manner;
              // What stays as it was keeps where it came from.
              return perMille === one.perMille && manner === one.manner
                ? one
                : {
                    ...one,
                    perMille,
                    manner,
                    source: { text: String(values['source']), tag: 'local' as const },
                  };
            }),
          },
        });
        queries.setQueryData(['inspections', 'plan'], next);
        void queries.invalidateQueries({ queryKey: ['inspections'] });
      }}
    />
  );
}
