import { Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Limit, Procedure } from '../../domain/procedure/procedure.ts';
import { useRules } from '../kernel/app/rules.tsx';
import { Honesty } from './sourced.tsx';

const LEVEL_LIMITS = ['firstContactHours', 'settleWorkingDays', 'acceptWorkingDays', 'mediateDays'] as const;
const OTHER_LIMITS = [
  'noticeWorkingDays',
  'peoplesMediationDays',
  'confirmationDays',
  'limitationYears',
  'satisfactionCallDays',
  'retentionDays',
  'erasureDays',
  'commitmentNoticeDays',
  'returnDecisionDays',
] as const;
type LimitName = (typeof LEVEL_LIMITS)[number] | (typeof OTHER_LIMITS)[number];

/** The one limit that is there to be read: a usual time, which both parties may agree to exceed. */
const READ_ONLY: LimitName = 'peoplesMediationDays';

type Row = { key: string; group: string; name: LimitName; limit: Limit };

/** Every limit with its article and how surely it is known. */
export function LimitsCard({ procedure }: { procedure: Procedure }) {
  const { t } = useTranslation('procedure');
  const { say } = useRules();
  const rows: Row[] = [
    ...procedure.levels.flatMap((level) =>
      LEVEL_LIMITS.flatMap((name) => {
        const limit = level[name];
        return limit === null
          ? []
          : [
              {
                key: `${level.level} ${name}`,
                group: t('level', { level: level.level, name: say(level.name) }),
                name,
                limit,
              },
            ];
      }),
    ),
    ...OTHER_LIMITS.flatMap((name) => {
      const limit = procedure.limits[name];
      return limit === undefined ? [] : [{ key: name, group: t('otherLimits'), name, limit }];
    }),
  ];
  const first = (index: number): boolean => rows[index]?.group !== rows[index - 1]?.group;
  return (
    <Card size="small" title={<h2>{t('levels')}</h2>}>
      <Table
        aria-label={t('levels')}
        size="small"
        rowKey="key"
        dataSource={rows}
        pagination={false}
        columns={[
          {
            title: t('scope'),
            width: 170,
            render: (_, row) => row.group,
            onCell: (row, index = 0) => ({
              rowSpan: first(index) ? rows.filter((one) => one.group === row.group).length : 0,
            }),
          },
          { title: t('rule'), render: (_, row) => t(`limit.${row.name}`) },
          {
            title: t('value'),
            width: 140,
            render: (_, row) => t(`unit.${row.name}`, { count: row.limit.value }),
          },
          {
            title: t('source'),
            render: (_, { name, limit }) => (
              <>
                {say(limit.article)}
                {name === READ_ONLY ? <div className="heshi-hint">{t('reference')}</div> : null}
              </>
            ),
          },
          {
            title: t('tag'),
            width: 150,
            render: (_, { limit }) => <Honesty tag={limit.tag} />,
          },
        ]}
      />
    </Card>
  );
}
