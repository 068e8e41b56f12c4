import { Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportPreview } from '../../contract/workstation/imports.ts';
import { StatusTag } from '../kernel/components/status-tag.tsx';

const REFUSED_PAGE = 10;

/** The first rows as the file has them, each with its verdict. */
export function SampleTable({ preview }: { preview: ImportPreview }) {
  const { t } = useTranslation('imports');
  const fieldAt = new Map(
    Object.entries(preview.mapping.columns).flatMap(([field, index]): [number, string][] =>
      index === null ? [] : [[index, field]],
    ),
  );
  return (
    <Card size="small" title={<h2>{t('sample.title')}</h2>}>
      {/* Focusable, so that the keyboard can scroll it. */}
      <div role="region" aria-label={t('sample.title')} tabIndex={0} className="heshi-import-sample">
        <Table
          aria-label={t('sample.label')}
          size="small"
          rowKey="row"
          dataSource={preview.sample}
          pagination={false}
          columns={[
            { key: 'row', title: t('sample.row'), dataIndex: 'row', width: 60 },
            {
              key: 'verdict',
              title: t('sample.verdict'),
              width: 110,
              render: (_, { refusal }) =>
                refusal === null ? (
                  <StatusTag tone="good">{t('sample.ok')}</StatusTag>
                ) : (
                  <StatusTag tone="bad">{t('sample.bad')}</StatusTag>
                ),
            },
            ...preview.headers.map((header, index) => {
              const field = fieldAt.get(index);
              return {
                key: `column-${index}`,
                title: (
                  <>
                    {header}
                    <br />
                    <small className="heshi-note">
                      {field === undefined
                        ? t('mapping.unused')
                        : t(`field.${field}`, { defaultValue: field })}
                    </small>
                  </>
                ),
                render: (_: unknown, { cells, refusal }: ImportPreview['sample'][number]) => (
                  <span
                    className={
                      refusal !== null && refusal.field === field
                        ? 'heshi-import-cell heshi-refused-cell'
                        : 'heshi-import-cell'
                    }
                    title={cells[index] ?? ''}
                  >
                    {cells[index] ?? ''}
                  </span>
                ),
              };
            }),
          ]}
        />
      </div>
    </Card>
  );
}

/** Every refused row with the field, the rule and the reason. */
export function RefusedTable({ preview }: { preview: ImportPreview }) {
  const { t } = useTranslation('imports');
  const { refused } = preview;
  return (
    <Card size="small" title={<h2>{t('refused.title')}</h2>}>
      {refused.length === 0 ? (
        <StatusTag tone="good">{t('refused.none')}</StatusTag>
      ) : (
        <>
          <Table
            aria-label={t('refused.label')}
            size="small"
            rowKey={({ row, field, rule }) => `${row} ${field} ${rule}`}
            dataSource={refused}
            pagination={{ pageSize: REFUSED_PAGE, hideOnSinglePage: true, showSizeChanger: false }}
            columns={[
              { key: 'row', title: t('refused.row'), dataIndex: 'row', width: 80 },
              {
                key: 'field',
                title: t('refused.field'),
                width: 190,
                render: (_, { field }) => t(`field.${field}`, { defaultValue: field }),
              },
              { key: 'message', title: t('refused.message'), dataIndex: 'message' },
              {
                key: 'rule',
                title: t('refused.rule'),
                width: 190,
                render: (_, { rule }) => <code>{rule}</code>,
              },
            ]}
          />
        </>
      )}
    </Card>
  );
}
