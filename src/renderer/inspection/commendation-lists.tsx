import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommendationView } from '../../contract/workstation/inspection.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { ExportMenu } from '../kernel/components/export-button.tsx';
import { When } from '../kernel/components/when.tsx';
import { Dialog } from '../kernel/kit/dialog.tsx';
import { useInspectionWords } from './words.ts';

/** The lists of commended merchants that were published, each as a file, and who was taken off. */
export function CommendationLists({ onError }: { onError: (error: unknown) => void }) {
  const { t } = useTranslation('inspections');
  const words = useInspectionWords();
  const queries = useQueryClient();
  const [taking, setTaking] = useState<CommendationView | null>(null);
  const lists = useQuery({
    queryKey: ['inspections', 'commendations'],
    queryFn: () => api.inspections.commendations(),
  });
  const standing = ({ merchants, withdrawn }: CommendationView): CommendationView['merchants'] =>
    merchants.filter((one) => !withdrawn.some(({ merchantId }) => merchantId === one.merchantId));
  return (
    <Card size="small" title={<h2>{t('commendation.lists')}</h2>}>
      {lists.error ? <ErrorNotice error={lists.error} kept={false} /> : null}
      <Table<CommendationView>
        aria-label={t('commendation.lists')}
        size="small"
        rowKey="id"
        loading={lists.isPending}
        dataSource={lists.data ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        locale={{ emptyText: <EmptyState title={t('commendation.noLists')} /> }}
        columns={[
          { key: 'unit', title: t('column.unit'), dataIndex: 'unitName' },
          {
            key: 'rule',
            title: t('commendation.condition'),
            render: (_, one) =>
              t('commendation.rule', {
                grade: words.className(one.topGrade),
                months: one.months,
                month: one.month,
              }),
          },
          {
            key: 'count',
            title: t('column.merchants'),
            align: 'end',
            render: (_, one) => standing(one).length,
          },
          {
            key: 'off',
            title: t('commendation.off'),
            render: (_, one) => (
              <>
                {[
                  ...one.leftOff,
                  ...one.withdrawn.map((gone) => ({ ...gone, name: nameOn(one, gone.merchantId) })),
                ].map(({ merchantId, name, reason }) => (
                  <div key={merchantId} className="heshi-note">
                    {t('commendation.offOne', { name, reason })}
                  </div>
                ))}
              </>
            ),
          },
          { key: 'at', title: t('column.published'), render: (_, one) => <When at={one.published.at} /> },
          {
            key: 'steps',
            title: t('column.steps'),
            render: (_, one) => (
              <span className="heshi-row">
                <ExportMenu
                  ask={(format) =>
                    api.inspections.export({ format, of: { view: 'commendation', id: one.id } })
                  }
                  onError={onError}
                />
                {one.canDecide && standing(one).length > 0 ? (
                  <Button onClick={() => setTaking(one)}>{t('commendation.withdraw')}</Button>
                ) : null}
              </span>
            ),
          },
        ]}
      />
      {taking ? (
        <Dialog
          title={t('commendation.withdraw')}
          fields={[
            {
              kind: 'choice',
              name: 'merchantId',
              label: t('column.merchant'),
              options: standing(taking).map(({ merchantId, name }) => ({ value: merchantId, label: name })),
            },
            { kind: 'long', name: 'reason', label: t('field.reason') },
          ]}
          fieldOf={(field) => field.replace(/^payload\./, '')}
          onClose={() => setTaking(null)}
          save={async (values, eventId) => {
            await api.inspections.withdraw({
              id: taking.id,
              revision: taking.revision,
              eventId,
              payload: { merchantId: String(values['merchantId']), reason: String(values['reason']) },
            });
            await queries.invalidateQueries({ queryKey: ['inspections', 'commendations'] });
          }}
        />
      ) : null}
    </Card>
  );
}

const nameOn = ({ merchants }: CommendationView, merchantId: string): string =>
  merchants.find((one) => one.merchantId === merchantId)?.name ?? merchantId;
