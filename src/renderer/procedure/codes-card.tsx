import { Card, Segmented, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeListOf, type CodeListName, type Procedure } from '../../domain/procedure/procedure.ts';
import { useRules } from '../kernel/app/rules.tsx';
import { Honesty } from './sourced.tsx';

const LISTS = ['object', 'problem', 'claim', 'merchantCategory'] as const satisfies readonly CodeListName[];

/** The lists that cases and merchants are coded by; retired codes stay, for what is on record. */
export function CodesCard({ procedure }: { procedure: Procedure }) {
  const { t } = useTranslation('procedure');
  const { say } = useRules();
  const [list, setList] = useState<CodeListName>('object');
  const codes = codeListOf(procedure, list);
  return (
    <Card size="small" title={<h2>{t('codes')}</h2>}>
      <Segmented<CodeListName>
        aria-label={t('codes')}
        value={list}
        onChange={setList}
        options={LISTS.map((value) => ({ value, label: t(value) }))}
      />
      <p>
        {say(codes.article)} <Honesty tag={codes.tag} />
      </p>
      <Table
        aria-label={t(list)}
        size="small"
        rowKey="code"
        dataSource={codes.entries}
        pagination={false}
        columns={[
          { title: t('name'), render: (_, entry) => say(entry.name) },
          { title: t('code'), dataIndex: 'code', render: (code: string) => <code>{code}</code> },
          { title: t('use'), width: 120, render: (_, entry) => t(entry.active ? 'active' : 'retired') },
        ]}
      />
    </Card>
  );
}
