import { Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { DeadlineBoard, FollowUpCase, FollowUpColumn } from '../../../contract/workstation/deadlines.ts';
import { CountdownTag } from '../../components/countdown-tag.tsx';
import { shownTotal } from '../../components/total.ts';

const STEPS = { satisfaction: 'satisfaction-recorded', confirmation: 'confirmation-applied' } as const;

/** What is left to do beside deadlines: consumers to call after closing, and times for judicial confirmation. */
export function FollowUps({ board }: { board: DeadlineBoard }) {
  const { t } = useTranslation('supervision');
  return (
    <div className="heshi-follow-ups">
      <Column name={t('followUp.calls')} empty={t('followUp.noCalls')} column={board.calls} />
      <Column
        name={t('followUp.confirmations')}
        empty={t('followUp.noConfirmations')}
        column={board.confirmations}
      />
    </div>
  );
}

function Column({ name, empty, column }: { name: string; empty: string; column: FollowUpColumn }) {
  const { t } = useTranslation('deadlines');
  return (
    <section aria-label={name}>
      <h2>{t('column', { name, total: shownTotal(column.total) })}</h2>
      {column.cases.length === 0 ? <p className="heshi-hint">{empty}</p> : null}
      <ul>
        {column.cases.map((item) => (
          <li key={item.id}>
            <FollowUpCard item={item} />
          </li>
        ))}
      </ul>
      {column.total > column.cases.length ? (
        <p className="heshi-hint">{t('more', { shown: column.cases.length })}</p>
      ) : null}
    </section>
  );
}

function FollowUpCard({ item }: { item: FollowUpCase }) {
  const { t } = useTranslation('supervision');
  const navigate = useNavigate();
  const { kind } = item.followUp;
  return (
    <Card size="small">
      <div className="heshi-follow-up">
        <CountdownTag followUp={item.followUp} />
        <Link to={`/cases/${item.id}`}>{item.number}</Link>
        <span>{item.merchantName}</span>
        {item.mine ? (
          <Button size="small" onClick={() => void navigate(`/cases/${item.id}?step=${STEPS[kind]}`)}>
            {t(kind === 'satisfaction' ? 'followUp.record' : 'followUp.apply', { number: item.number })}
          </Button>
        ) : (
          <span className="heshi-hint">{item.handlingName}</span>
        )}
      </div>
    </Card>
  );
}
