import { Checkbox, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { SampleCase, SampleView } from '../../contract/workstation/supervision.ts';
import { useListKeys } from '../kernel/app/keyboard.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { Money } from '../kernel/components/money.tsx';
import { ReviewTag } from '../kernel/components/review-tag.tsx';
import { useWording } from '../kernel/components/wording.ts';

/** The cases of one sample in the order drawn: those left to review, or all with what was found. */
export function SampleCases({ view: { sample, cases: drawn } }: { view: SampleView }) {
  const { t } = useTranslation('supervision');
  const cases = useTranslation('cases');
  const navigate = useNavigate();
  const word = useWording();
  const [left, setLeft] = useState(false);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const items = left ? drawn.filter(({ done }) => done === null) : drawn;
  const hrefOf = ({ id, done, blocked }: SampleCase): string =>
    `/cases/${id}?sample=${sample.id}${done === null && blocked === null ? '&step=case-reviewed' : ''}`;
  const current = items.findIndex(({ id }) => id === currentId);
  useListKeys(
    items.length,
    current,
    (to) => setCurrentId(items[to]?.id ?? null),
    () => {
      const item = items[current];
      if (item) void navigate(hrefOf(item));
    },
  );
  const name = `${sample.unitName} · ${t('review.drawn', sample)}`;
  return (
    <section aria-label={t('review.cases')}>
      <div className="heshi-filters heshi-below-s">
        <strong>{name}</strong>
        <span role="status">{t('review.progress', sample)}</span>
        <Checkbox checked={left} onChange={(event) => setLeft(event.target.checked)}>
          {t('review.left')}
        </Checkbox>
      </div>
      {items.length === 0 ? (
        <EmptyState title={t('review.allDone')} text={t('review.allDoneText')} />
      ) : (
        <Table<SampleCase>
          size="small"
          rowKey="id"
          aria-label={t('review.cases')}
          dataSource={items}
          pagination={false}
          rowClassName={(_, index) => (index === current ? 'heshi-record-current' : '')}
          columns={[
            {
              title: t('review.result'),
              width: 110,
              render: (_, { done }) => <ReviewTag result={done?.result ?? null} />,
            },
            {
              title: cases.t('list.number'),
              className: 'heshi-nowrap',
              render: (_, item) => <Link to={hrefOf(item)}>{item.number}</Link>,
            },
            { title: cases.t('list.merchant'), dataIndex: 'merchantName', minWidth: 110 },
            {
              title: cases.t('list.amount'),
              align: 'right',
              render: (_, item) => <Money fen={item.amountFen} />,
            },
            { title: cases.t('list.handling'), dataIndex: 'handlingName' },
            { title: t('holder.label'), render: (_, item) => item.assigned?.name ?? '—' },
            {
              title: t('review.said'),
              render: (_, { done, blocked }) =>
                done?.text ??
                (blocked === null ? '' : <span className="heshi-hint">{word({ rule: blocked })}</span>),
            },
          ]}
        />
      )}
    </section>
  );
}
