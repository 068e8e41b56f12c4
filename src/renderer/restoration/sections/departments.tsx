import { Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RestorationDetail } from '../../../contract/workstation/restoration.ts';
import type { Ask } from '../../../domain/restoration/index.ts';
import { StatusTag } from '../../kernel/components/status-tag.tsx';
import { When } from '../../kernel/components/when.tsx';

export function Departments({ detail }: { detail: RestorationDetail }) {
  const { t } = useTranslation('restorations');
  const { state, unitNames } = detail;
  if (state.asks.length === 0) return null;
  const numberOf = (id: string): string =>
    state.matters.find(({ matterId }) => matterId === id)?.number ?? id;
  return (
    <Card size="small" title={<h2>{t('page.departments')}</h2>}>
      <Table<Ask>
        size="small"
        rowKey="departmentPath"
        pagination={false}
        scroll={{ x: 'max-content' }}
        aria-label={t('page.departments')}
        dataSource={state.asks}
        columns={[
          {
            key: 'department',
            title: t('page.department'),
            render: (_, { departmentPath }) => unitNames[departmentPath] ?? departmentPath,
          },
          {
            key: 'matters',
            title: t('page.asked'),
            render: (_, { matterIds }) => matterIds.map(numberOf).join(' · '),
          },
          {
            key: 'opinion',
            title: t('field.verdict'),
            render: (_, { opinion, earlier }) => (
              <Opinion opinion={opinion ?? earlier.at(-1) ?? null} open={opinion === null} />
            ),
          },
        ]}
      />
    </Card>
  );
}

function Opinion({ opinion, open }: { opinion: Ask['opinion']; open: boolean }) {
  const { t } = useTranslation('restorations');
  if (opinion === null) return <StatusTag tone="warning">{t('page.unanswered')}</StatusTag>;
  return (
    <div className="heshi-stack-s">
      {open ? <StatusTag tone="warning">{t('page.unanswered')}</StatusTag> : null}
      {opinion.answers.map((one) => (
        <div key={one.matterId}>
          <StatusTag tone={one.verdict === 'agree' ? 'good' : one.verdict === 'refuse' ? 'bad' : 'warning'}>
            {t(`verdict.${one.verdict}`)}
          </StatusTag>
          {one.verdict === 'refuse' ? (
            <div className="heshi-as-typed">
              {one.article} {one.text}
            </div>
          ) : null}
          {one.verdict === 'incomplete' ? <div className="heshi-as-typed">{one.missing}</div> : null}
        </div>
      ))}
      <div className="heshi-muted">
        {opinion.by.name} · <When at={opinion.by.at} />
      </div>
    </div>
  );
}
