import { ClockCircleOutlined } from '@ant-design/icons';
import { Button, Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { DeadlineBoard, FollowUpCase } from '../../contract/workstation/deadlines.ts';
import type { OtherTask } from '../../contract/workstation/deadlines.ts';
import type { WaitingReturn } from '../../contract/workstation/return.ts';
import type { FollowUp } from '../../domain/case/index.ts';
import { CountdownTag, DueTag } from '../kernel/components/countdown-tag.tsx';
import { useRecordPath } from '../kernel/kit/record-pages.tsx';
import { Column } from './column.tsx';

/** Where the case page is to begin. */
const BEGINNINGS: Record<FollowUp['kind'], (followUp: FollowUp) => string> = {
  satisfaction: () => 'step=satisfaction-recorded',
  confirmation: () => 'step=confirmation-applied',
  instalment: () => 'step=instalment-recorded',
  notice: ({ document }) => `issue=${document ?? ''}`,
};
const beginning = (followUp: FollowUp): string => BEGINNINGS[followUp.kind](followUp);

/** What is left to do beside deadlines: notices owed, consumers to call after closing, times for judicial confirmation. */
export function FollowUps({ board }: { board: DeadlineBoard }) {
  const { t } = useTranslation(['supervision', 'deadlines']);
  const card = (item: FollowUpCase) => <FollowUpCard item={item} />;
  return (
    <div className="heshi-follow-ups">
      <Column
        name={t('followUp.notices')}
        empty={t('followUp.noNotices')}
        column={board.notices}
        card={card}
      />
      <Column name={t('followUp.calls')} empty={t('followUp.noCalls')} column={board.calls} card={card} />
      <Column
        name={t('followUp.confirmations')}
        empty={t('followUp.noConfirmations')}
        column={board.confirmations}
        card={card}
      />
      <Column
        name={t('followUp.instalments')}
        empty={t('followUp.noInstalments')}
        column={board.instalments}
        card={card}
      />
      <Column
        name={t('deadlines:returns.waiting')}
        empty={t('deadlines:returns.none')}
        column={board.returns}
        card={(item: WaitingReturn) => <ReturnCard item={item} />}
      />
      <Column
        name={t('deadlines:others.name')}
        empty={t('deadlines:others.none')}
        column={board.others}
        card={(item: OtherTask) => <OtherCard item={item} />}
      />
    </div>
  );
}

function OtherCard({ item }: { item: OtherTask }) {
  const { t } = useTranslation('deadlines');
  const what = t(`others.${item.task}`);
  const path = useRecordPath(item.record);
  return (
    <Card size="small">
      <div className="heshi-follow-up">
        {item.dueAt === null ? (
          <Tag icon={<ClockCircleOutlined />}>{what}</Tag>
        ) : (
          <DueTag what={what} hint={t('others.hint')} dueAt={item.dueAt} provisional={item.provisional} />
        )}
        {path === null ? <span>{item.title}</span> : <Link to={path}>{item.title}</Link>}
        <span className="heshi-hint">{item.unitName}</span>
      </div>
    </Card>
  );
}

function ReturnCard({ item }: { item: WaitingReturn }) {
  const { t } = useTranslation('deadlines');
  return (
    <Card size="small">
      <div className="heshi-follow-up">
        <DueTag what={t('returns.decide')} hint={t('returns.hint')} dueAt={item.dueAt} provisional={false} />
        <Link to={`/returns/${item.id}`}>{item.number}</Link>
        <span>{item.merchantName}</span>
        <span className="heshi-hint">{item.unitName}</span>
      </div>
    </Card>
  );
}

function FollowUpCard({ item }: { item: FollowUpCase }) {
  const { t } = useTranslation('supervision');
  const navigate = useNavigate();
  return (
    <Card size="small">
      <div className="heshi-follow-up">
        <CountdownTag followUp={item.followUp} />
        <Link to={`/cases/${item.id}`}>{item.number}</Link>
        <span>{item.merchantName}</span>
        {item.mine ? (
          <Button size="small" onClick={() => void navigate(`/cases/${item.id}?${beginning(item.followUp)}`)}>
            {t(`followUp.do.${item.followUp.kind}`, { number: item.number })}
          </Button>
        ) : (
          <span className="heshi-hint">{item.handlingName}</span>
        )}
      </div>
    </Card>
  );
}
