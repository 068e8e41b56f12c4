import { useQuery } from '@tanstack/react-query';
import { Button, Card, Segmented, Skeleton, Statistic, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { BoardCase } from '../../contract/workstation/deadlines.ts';
import { api } from '../kernel/api/client.ts';
import { DeadlineTag } from '../kernel/components/deadline-tag.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { CaseStatusTag } from '../kernel/components/status-tag.tsx';
import { Column } from './column.tsx';
import { FollowUps } from './follow-ups.tsx';

const SCOPES = ['unit', 'sight'] as const;

/** What is due, by when: overdue first, then today, this week, and what has just come from other units. */
export function DeadlinesPage() {
  const { t } = useTranslation('deadlines');
  const [scope, setScope] = useState<(typeof SCOPES)[number]>('unit');
  const board = useQuery({
    queryKey: ['deadlines', 'board', scope],
    queryFn: () => api.deadlines.board({ scope }),
    refetchInterval: 60_000,
  });
  const { data } = board;
  const card = (item: BoardCase) => <BoardCard item={item} />;
  return (
    <Page
      title={t('title')}
      actions={
        <Segmented
          aria-label={t('scope.label')}
          value={scope}
          options={SCOPES.map((value) => ({ value, label: t(`scope.${value}`) }))}
          onChange={setScope}
        />
      }
    >
      {board.error ? <ErrorNotice error={board.error} kept={false} /> : null}
      {data ? (
        <>
          <div className="heshi-board">
            <Column name={t('overdue')} empty={t('none.overdue')} column={data.overdue} card={card} />
            <Column name={t('today')} empty={t('none.today')} column={data.today} card={card} />
            <Column
              name={t('week', { day: data.weekEnd })}
              empty={t('none.week')}
              column={data.week}
              card={card}
            />
            <Column name={t('arrived')} empty={t('none.arrived')} column={data.arrived} card={card} />
          </div>
          <FollowUps board={data} />
          <div className="heshi-stats">
            <Card size="small">
              <Statistic title={t('stopped')} value={data.stopped} />
            </Card>
            <Card size="small">
              <Tooltip title={t('provisionalHint')}>
                <Statistic title={t('provisional')} value={data.provisional} />
              </Tooltip>
            </Card>
          </div>
        </>
      ) : (
        <Skeleton active />
      )}
    </Page>
  );
}

function BoardCard({ item }: { item: BoardCase }) {
  const { t } = useTranslation('deadlines');
  const navigate = useNavigate();
  const { proposal } = item;
  return (
    <Card size="small">
      <div className="heshi-board-card">
        <DeadlineTag deadline={item.deadline} />
        <CaseStatusTag status={item.status} />
        <Link to={`/cases/${item.id}`}>{item.number}</Link>
        <span>{item.merchantName}</span>
        {item.mine ? null : <span className="heshi-hint">{item.handlingName}</span>}
        {proposal ? (
          <Button size="small" onClick={() => void navigate(`/cases/${item.id}?step=${proposal}`)}>
            {t(proposal === 'case-escalated' ? 'escalate' : 'takeOver', { number: item.number })}
          </Button>
        ) : null}
      </div>
    </Card>
  );
}
