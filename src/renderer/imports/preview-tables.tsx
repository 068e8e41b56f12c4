import { Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportPreview } from '../../contract/workstation/imports.ts';
import { StatusTag } from '../kernel/components/status-tag.tsx';

const REFUSED_PAGE = 10;
const NOTES_PAGE = 10;

/** A row as a person looks for it: with its sheet, where several were read. */
const placeOf = (row: number, sheet: string | null): string =>
  sheet === null ? String(row) : `${sheet} ${row}`;

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
          rowKey={({ row, sheet }) => placeOf(row, sheet)}
          dataSource={preview.sample}
          pagination={false}
          columns={[
            {
              key: 'row',
              title: t('sample.row'),
              width: 60,
              render: (_, { row, sheet }) => placeOf(row, sheet),
            },
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
  const { refused, blocked } = preview;
  if (blocked.length > 0) return null;
  return (
    <Card size="small" title={<h2>{t('refused.title')}</h2>}>
      {refused.length === 0 ? (
        <StatusTag tone="good">{t('refused.none')}</StatusTag>
      ) : (
        <>
          <Table
            aria-label={t('refused.label')}
            size="small"
            rowKey={({ row, sheet }) => placeOf(row, sheet)}
            dataSource={refused}
            pagination={{ pageSize: REFUSED_PAGE, hideOnSinglePage: true, showSizeChanger: false }}
            columns={[
              {
                key: 'row',
                title: t('refused.row'),
                width: 110,
                render: (_, { row, sheet }) => placeOf(row, sheet),
              },
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

/** What is noted of rows that are imported all the same, by kind, with the first of each. */
export function NotesTable({ preview }: { preview: ImportPreview }) {
  const { t, i18n } = useTranslation('imports');
  const { notes } = preview;
  if (notes.length === 0) return null;
  return (
    <Card size="small" title={<h2>{t('notes.title')}</h2>}>
      <Table
        aria-label={t('notes.label')}
        size="small"
        rowKey={({ field, note }) => `${field} ${note}`}
        dataSource={notes}
        pagination={{ pageSize: NOTES_PAGE, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          {
            key: 'field',
            title: t('notes.field'),
            width: 150,
            render: (_, { field }) => t(`field.${field}`, { defaultValue: field }),
          },
          { key: 'message', title: t('notes.message'), dataIndex: 'message' },
          {
            key: 'count',
            title: t('notes.count'),
            width: 90,
            align: 'end',
            render: (_, { count }) => count.toLocaleString(i18n.language),
          },
          {
            key: 'rows',
            title: t('notes.rows'),
            width: 260,
            render: (_, { rows, count }) =>
              `${rows.join(t('comma'))}${count > rows.length ? t('notes.more') : ''}`,
          },
        ]}
      />
    </Card>
  );
}
