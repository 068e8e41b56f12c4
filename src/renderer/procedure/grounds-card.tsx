import { Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Procedure } from '../../domain/procedure/procedure.ts';
import { useRules } from '../kernel/app/rules.tsx';
import { Honesty } from './sourced.tsx';

/** Grounds of the measure, as chosen on the screen and as printed on the notice. */
export function GroundsCard({
  list,
  procedure,
}: {
  list: 'refusalGrounds' | 'terminationGrounds';
  procedure: Procedure;
}) {
  const { t } = useTranslation('procedure');
  const { say } = useRules();
  return (
    <Card size="small" title={<h2>{t(list)}</h2>}>
      <Table
        aria-label={t(list)}
        size="small"
        rowKey="code"
        dataSource={procedure[list]}
        pagination={false}
        columns={[
          { title: t('name'), render: (_, ground) => say(ground.name) },
          { title: t('printed'), render: (_, ground) => <span lang="zh-CN">{ground.text}</span> },
          { title: t('source'), width: 190, render: (_, ground) => say(ground.article) },
          { title: t('tag'), width: 150, render: (_, ground) => <Honesty tag={ground.tag} /> },
          {
            title: t('use'),
            width: 80,
            render: (_, ground) => t(ground.active ? 'active' : 'retired'),
          },
        ]}
      />
    </Card>
  );
}
