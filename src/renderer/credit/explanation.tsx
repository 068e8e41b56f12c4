import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CreditDetail, SeenFact } from '../../contract/workstation/credit.ts';
import type { GradeOnRecord } from '../../domain/credit/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { useCreditWords } from './words.ts';

type Row = { key: string; item: string; seen: string; mean: string; points: string };

/** Points with their sign, as a person writes it. */
export const signed = (points: number): string =>
  points > 0 ? `+${points}` : String(points).replace('-', '−');

/** Line by line how the points came about, and what costs points with the facts behind it. */
export function Explanation({ credit, grade }: { credit: CreditDetail; grade: GradeOnRecord }) {
  const { t } = useTranslation('credit');
  const words = useCreditWords();
  const rows: Row[] = [
    { key: 'base', item: t('lines.base'), seen: '', mean: '', points: String(grade.base) },
    ...grade.lines.map((line): Row => {
      const item = words.indicator(line.indicator);
      if (line.kind === 'event') {
        const count = line.months.reduce((sum, one) => sum + one.count, 0);
        return {
          key: line.indicator,
          item,
          seen: t('lines.events', { count }),
          mean: '',
          points: signed(line.points),
        };
      }
      return {
        key: line.indicator,
        item,
        seen: line.good + line.bad === 0 ? '—' : `${line.good} / ${line.good + line.bad}`,
        mean: `${Math.round(line.mean / 100)} %`,
        points: signed(line.points),
      };
    }),
    { key: 'sum', item: t('lines.sum'), seen: '', mean: '', points: String(grade.points) },
  ];
  return (
    <div>
      <Table<Row>
        size="small"
        pagination={false}
        aria-label={t('lines.label')}
        dataSource={rows}
        columns={[
          { key: 'item', title: t('lines.item'), dataIndex: 'item' },
          { key: 'seen', title: t('lines.seen'), dataIndex: 'seen', align: 'right' },
          { key: 'mean', title: t('lines.mean'), dataIndex: 'mean', align: 'right' },
          { key: 'points', title: t('lines.points'), dataIndex: 'points', align: 'right' },
        ]}
      />
      <h3>{t('reasons.title')}</h3>
      {grade.reasons.length === 0 ? <p>{t('reasons.none')}</p> : null}
      <ol className="heshi-reasons">
        {grade.reasons.map(({ code, lost, facts }) => {
          const seen = credit.facts.filter(({ factId }) => facts.includes(factId));
          const elsewhere = facts.length - seen.length;
          return (
            <li key={code}>
              {words.indicator(code)}
              {' · '}
              {t('reasons.lost', { count: lost })}
              <ul>
                {seen.map((fact) => (
                  <li key={fact.factId}>
                    <FactLink fact={fact} />
                  </li>
                ))}
                {elsewhere > 0 ? <li>{t('reasons.elsewhere', { count: elsewhere })}</li> : null}
              </ul>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** Leads to the record that the fact stands in; of the merchant's own credit, which stands here, only its day. */
export function FactLink({ fact: { kind, id, title, at } }: { fact: SeenFact }) {
  const day = businessDay(at);
  if (kind === 'case') return <Link to={`/cases/${id}`}>{`${title} · ${day}`}</Link>;
  if (kind === 'return') return <Link to={`/returns/${id}`}>{`${title} · ${day}`}</Link>;
  return day;
}
