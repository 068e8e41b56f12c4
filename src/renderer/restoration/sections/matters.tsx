import { useMutation } from '@tanstack/react-query';
import { Button, Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RestorationDetail } from '../../../contract/workstation/restoration.ts';
import { businessDay } from '../../../domain/kernel/calendar/index.ts';
import { api } from '../../kernel/api/client.ts';
import { ErrorNotice } from '../../kernel/components/error-notice.tsx';
import { openFile } from '../../kernel/components/open-file.ts';
import { StatusTag } from '../../kernel/components/status-tag.tsx';

export function Matters({ detail: { state, settings, agreed, canReveal } }: { detail: RestorationDetail }) {
  const { t, i18n } = useTranslation('restorations');
  const print = useMutation({
    mutationFn: (matterId: string) =>
      api.restorations.paper({ id: state.id, paper: { kind: 'commitment', matterId } }),
    onSuccess: (file) => openFile(file, false),
  });
  const chinese = i18n.language.startsWith('zh');
  const typeName = (code: string): string => {
    const name = settings.types.find((one) => one.code === code)?.name;
    return name === undefined ? code : chinese ? name.zh : name.en;
  };
  return (
    <Card size="small" title={<h2>{t('page.matters')}</h2>}>
      {print.error ? <ErrorNotice error={print.error} kept={false} /> : null}
      <Table
        size="small"
        rowKey="matterId"
        pagination={false}
        scroll={{ x: 'max-content' }}
        aria-label={t('page.matters')}
        dataSource={state.matters}
        columns={[
          { key: 'type', title: t('page.type'), render: (_, { type }) => typeName(type) },
          { key: 'organ', title: t('page.organ'), dataIndex: 'organ' },
          { key: 'number', title: t('page.document'), dataIndex: 'number' },
          { key: 'on', title: t('page.determinedOn'), dataIndex: 'determinedOn', className: 'heshi-nowrap' },
          {
            key: 'outcome',
            title: t('page.outcome'),
            render: (_, { matterId }) => {
              const outcome = state.outcomes.find((one) => one.matterId === matterId);
              const expired = state.expired?.find((one) => one.matterId === matterId);
              if (expired !== undefined)
                return (
                  <>
                    <StatusTag tone="neutral">{t('status.expired')}</StatusTag>
                    <div className="heshi-muted">{t('page.expiredOn', { day: expired.on })}</div>
                  </>
                );
              if (outcome === undefined)
                return agreed.includes(matterId) ? (
                  <StatusTag tone="active">{t('page.agreed')}</StatusTag>
                ) : (
                  t('page.underWay')
                );
              if (outcome.outcome === 'refused')
                return (
                  <>
                    <StatusTag tone="bad">{t('page.refused')}</StatusTag>
                    <div className="heshi-as-typed">{outcome.reason}</div>
                  </>
                );
              return (
                <>
                  <StatusTag tone="good">{t('page.repaired')}</StatusTag>
                  <div className="heshi-muted">
                    {t('page.decision', { number: outcome.number })} ·{' '}
                    {t('page.effectiveAt', { day: businessDay(outcome.effectiveAt) })}
                  </div>
                </>
              );
            },
          },
          ...(canReveal
            ? [
                {
                  key: 'commitment',
                  title: t('page.commitment'),
                  render: (
                    _: unknown,
                    { matterId, number }: RestorationDetail['state']['matters'][number],
                  ) => (
                    <Button
                      size="small"
                      aria-label={t('page.printCommitment', { number })}
                      loading={print.isPending && print.variables === matterId}
                      onClick={() => print.mutate(matterId)}
                    >
                      {t('page.print')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}
