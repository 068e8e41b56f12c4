import { Collapse, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { procedureChanges } from '../../domain/procedure/changes.ts';
import type { VersionView } from '../../domain/procedure/overview.ts';

/** What a version changed, field by field, as its file names them. */
export function Changes({ before, after }: { before: VersionView; after: VersionView }) {
  const { t } = useTranslation('procedure');
  const changes = procedureChanges(before.procedure, after.procedure);
  const title = t('changed', { version: before.version });
  return (
    <Collapse
      ghost
      size="small"
      items={[
        {
          key: 'changes',
          label: t('changedCount', { version: before.version, count: changes.length }),
          children: (
            <Table
              aria-label={title}
              size="small"
              rowKey="field"
              dataSource={changes}
              pagination={changes.length > 20 ? { pageSize: 20, size: 'small' } : false}
              locale={{ emptyText: t('noChange') }}
              columns={[
                { title: t('field'), dataIndex: 'field', render: (field: string) => <code>{field}</code> },
                { title: t('from'), dataIndex: 'from', render: (text: string | null) => text ?? t('absent') },
                { title: t('to'), dataIndex: 'to', render: (text: string | null) => text ?? t('absent') },
              ]}
            />
          ),
        },
      ]}
    />
  );
}
