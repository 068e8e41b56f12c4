import { Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ComparedPolicy } from '../../../contract/workstation/credit.ts';
import { signed } from '../explanation.tsx';
import { useCreditWords } from '../words.ts';

type Standing = ComparedPolicy['changed'][number]['from'];

/** Who would have another grade under the new version, from which to which, and by which lines. */
export function PolicyChanges({ answer }: { answer: ComparedPolicy }) {
  const { t } = useTranslation('credit');
  const words = useCreditWords();
  const { distribution, merchants, changes, changed, names, comparedWith } = answer;
  const named = (name: string): string =>
    name === 'not-rated' ? t('notRated') : name === 'pending' ? t('pending') : words.grade(name);
  const all = [
    ...new Set([...Object.keys(distribution.before), ...Object.keys(distribution.after)]),
  ].toSorted();
  const standing = ({ grade, points }: Standing): string =>
    t('policyPage.standing', { grade: grade ?? t('notRated'), points });
  return (
    <Card size="small" title={<h2>{t('policyPage.changes')}</h2>}>
      <p role="status" className="heshi-flush-top heshi-strong">
        {t('policyPage.changesText', { version: comparedWith, changes, merchants })}
      </p>
      <Table<{ name: string }>
        size="small"
        pagination={false}
        rowKey="name"
        aria-label={t('policyPage.distribution')}
        dataSource={all.map((name) => ({ name }))}
        columns={[
          { key: 'name', title: t('list.grade'), render: (_, { name }) => named(name) },
          {
            key: 'before',
            title: t('policyPage.before'),
            align: 'right',
            render: (_, { name }) => distribution.before[name] ?? 0,
          },
          {
            key: 'after',
            title: t('policyPage.after'),
            align: 'right',
            render: (_, { name }) => distribution.after[name] ?? 0,
          },
        ]}
      />
      {changed.length === 0 ? null : (
        <Table
          size="small"
          rowKey="merchantId"
          aria-label={t('policyPage.changed')}
          dataSource={changed}
          pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
          columns={[
            {
              key: 'name',
              title: t('list.name'),
              render: (_, { merchantId }) => (
                <Link to={`/merchants/${merchantId}`}>{names[merchantId] ?? merchantId}</Link>
              ),
            },
            { key: 'from', title: t('policyPage.before'), render: (_, { from }) => standing(from) },
            { key: 'to', title: t('policyPage.after'), render: (_, { to }) => standing(to) },
            {
              key: 'because',
              title: t('policyPage.because'),
              render: (_, { because }) =>
                because.length === 0 ? (
                  t('policyPage.otherwise')
                ) : (
                  <ul className="heshi-flush">
                    {because.map(({ indicator, from, to }) => (
                      <li key={indicator}>
                        {t('changed.line', {
                          item: words.indicator(indicator),
                          from: signed(from),
                          to: signed(to),
                        })}
                      </li>
                    ))}
                  </ul>
                ),
            },
          ]}
        />
      )}
    </Card>
  );
}
