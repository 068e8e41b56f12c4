import { Button, Table } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { QueueItem } from '../../contract/workstation/supervision.ts';
import { useListKeys } from '../kernel/app/keyboard.ts';
import { DeadlineTag } from '../kernel/components/deadline-tag.tsx';
import { Money } from '../kernel/components/money.tsx';
import { CaseStatusTag } from '../kernel/components/status-tag.tsx';
import type { StepName } from '../case/index.ts';
import { useLevelWord } from './level-word.ts';

/** Until when, which case, where and with whom; the last column does something about it without leaving. */
export function QueueTable({
  items,
  paused,
  onAct,
}: {
  items: readonly QueueItem[];
  /** While a form is in front the list hears no keys. */
  paused: boolean;
  onAct: (item: QueueItem, step: StepName) => void;
}) {
  const { t } = useTranslation('supervision');
  const cases = useTranslation('cases');
  const common = useTranslation('common');
  const navigate = useNavigate();
  const levelWord = useLevelWord();
  const [currentId, setCurrentId] = useState<string | null>(null);
  const current = items.findIndex((item) => item.id === currentId);
  useListKeys(
    paused ? 0 : items.length,
    current,
    (to) => setCurrentId(items[to]?.id ?? null),
    () => void navigate(`/cases/${currentId ?? ''}`),
  );
  const chosen = items[current];
  useEffect(() => {
    if (paused || !chosen?.mayAssign) return;
    const listen = (event: KeyboardEvent): void => {
      const typing =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, [role="combobox"]');
      if (event.key.toLowerCase() !== 'a' || event.ctrlKey || event.metaKey || event.altKey || typing) return;
      event.preventDefault();
      onAct(chosen, 'case-assigned');
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [chosen, paused, onAct]);

  return (
    <Table<QueueItem>
      size="small"
      rowKey="id"
      aria-label={t('queue.label')}
      dataSource={items}
      pagination={false}
      rowClassName={(_, index) => (index === current ? 'heshi-record-current' : '')}
      columns={[
        {
          title: common.t('deadline.label'),
          width: 168,
          render: (_, item) => <DeadlineTag deadline={item.deadline} />,
        },
        {
          title: cases.t('list.number'),
          className: 'heshi-nowrap',
          render: (_, item) => <Link to={`/cases/${item.id}`}>{item.number}</Link>,
        },
        { title: cases.t('list.status'), render: (_, item) => <CaseStatusTag status={item.status} /> },
        {
          title: cases.t('list.handling'),
          render: (_, item) => (
            <>
              {item.handlingName} <span className="heshi-hint">{levelWord(item.level)}</span>
            </>
          ),
        },
        {
          title: t('holder.label'),
          render: (_, item) =>
            item.assigned?.name ?? <span className="heshi-hint">{t('holder.nobody')}</span>,
        },
        { title: cases.t('list.merchant'), dataIndex: 'merchantName', minWidth: 120 },
        {
          title: cases.t('list.amount'),
          align: 'right',
          render: (_, item) => <Money fen={item.amountFen} />,
        },
        {
          title: t('queue.actions'),
          width: 170,
          render: (_, item) => (
            <span className="heshi-row-actions">
              {item.mayAssign ? (
                <Button
                  size="small"
                  aria-label={t('queue.assignNamed', { number: item.number })}
                  onClick={() => onAct(item, 'case-assigned')}
                >
                  {t('queue.assign')}
                </Button>
              ) : null}
              {item.proposal ? (
                <Button
                  size="small"
                  aria-label={t(
                    item.proposal === 'case-taken-over' ? 'queue.takeOverNamed' : 'queue.escalateNamed',
                    { number: item.number },
                  )}
                  onClick={() => onAct(item, item.proposal ?? 'case-escalated')}
                >
                  {t(item.proposal === 'case-taken-over' ? 'queue.takeOver' : 'queue.escalate')}
                </Button>
              ) : null}
            </span>
          ),
        },
      ]}
    />
  );
}
