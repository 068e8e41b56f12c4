import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ImportPreview, RosterChanges } from '../../contract/workstation/imports.ts';
import type { FieldValue } from '../../domain/kernel/event/change.ts';
import { api } from '../kernel/api/client.ts';
import { useCodeWords } from '../kernel/components/code-words.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';

const PAGE = 20;

/** What an opened roster would change of merchants on record, for the unit that is chosen; nothing of a register. */
export function useRosterChanges(
  { importId, mapping }: ImportPreview,
  unitPath: string,
): { found: RosterChanges; error: Error | null; pending: boolean } {
  const roster = mapping.kind === 'merchants';
  const query = useQuery({
    // Judged again under another mapping, a roster says something else.
    queryKey: ['imports', 'roster-changes', importId, unitPath, mapping],
    queryFn: () => api.imports.rosterChanges({ importId, unitPath }),
    enabled: roster,
  });
  return {
    found: query.data ?? { changes: [], total: 0 },
    error: query.error,
    pending: roster && query.isPending,
  };
}

/** Merchants on record that a roster would change, old and new beside each other, each to be taken or left as it is. */
export function RosterChangesCard({
  changes,
  left,
  onLeave,
}: {
  changes: ReturnType<typeof useRosterChanges>;
  /** Places of the rows that are not taken. */
  left: ReadonlySet<number>;
  onLeave: (places: ReadonlySet<number>) => void;
}) {
  const { t } = useTranslation('imports');
  const codes = useCodeWords();
  const { found, error } = changes;
  if (error) return <ErrorNotice error={error} kept={false} />;
  if (found.changes.length === 0) return null;
  const shown = (field: string, value: FieldValue): string => {
    if (value === null || value === '') return t('changes.nothing');
    if (typeof value === 'object') return value.length === 0 ? t('changes.nothing') : value.join(t('comma'));
    return field === 'category' ? codes.word('merchantCategory', String(value)) : String(value);
  };
  const taken = found.changes.filter(({ place }) => !left.has(place)).map(({ place }) => place);
  return (
    <Card size="small" title={<h2>{t('changes.title')}</h2>}>
      <p className="heshi-flush-top">{t('changes.text')}</p>
      {found.total > found.changes.length ? (
        <Alert
          type="info"
          showIcon
          title={t('changes.more', { shown: found.changes.length, total: found.total })}
        />
      ) : null}
      <Table
        aria-label={t('changes.label')}
        size="small"
        rowKey="place"
        dataSource={found.changes}
        pagination={{ pageSize: PAGE, hideOnSinglePage: true, showSizeChanger: false }}
        rowSelection={{
          selectedRowKeys: taken,
          onChange: (keys) => {
            const kept = new Set(keys.map(Number));
            onLeave(new Set(found.changes.flatMap(({ place }) => (kept.has(place) ? [] : [place]))));
          },
          getCheckboxProps: ({ name }) => ({ 'aria-label': t('changes.take', { name }) }),
        }}
        columns={[
          {
            key: 'row',
            title: t('changes.row'),
            width: 110,
            render: (_, { row, sheet }) => (sheet === null ? String(row) : `${sheet} ${row}`),
          },
          {
            key: 'name',
            title: t('field.name'),
            width: 220,
            render: (_, { merchantId, name }) => <Link to={`/merchants/${merchantId}`}>{name}</Link>,
          },
          {
            key: 'changes',
            title: t('changes.changes'),
            render: (_, one) => (
              <ul className="heshi-flush">
                {one.changes.map(({ field, before, after }) => (
                  <li key={field}>
                    {t('changes.change', {
                      field: t(`field.${field as 'name'}`),
                      before: shown(field, before),
                      after: shown(field, after),
                    })}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </Card>
  );
}
