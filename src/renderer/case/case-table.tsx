import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseSummary } from '../../contract/workstation/case.ts';
import { useCodeWords } from '../kernel/components/code-words.ts';
import { DeadlineTag } from '../kernel/components/deadline-tag.tsx';
import { Money } from '../kernel/components/money.tsx';
import { ReviewTag } from '../kernel/components/review-tag.tsx';
import { CaseStatusTag } from '../kernel/components/status-tag.tsx';
import { When } from '../kernel/components/when.tsx';
import { RecordTable } from '../kernel/kit/list-page.tsx';

/** Cases as rows: until when first, then what, who and where. */
export function CaseTable({
  items,
  keyboard = false,
  brief = false,
  label,
}: {
  items: CaseSummary[];
  keyboard?: boolean;
  /** Without what it was about, where there is less room. */
  brief?: boolean;
  label?: string;
}) {
  const { t } = useTranslation('cases');
  const codes = useCodeWords();
  const common = useTranslation('common');
  const supervision = useTranslation('supervision');
  // At a workstation that handles them all, the unit says nothing.
  const elsewhere = items.some((item) => !item.mine);
  return (
    <RecordTable
      items={items}
      pathOf={(item) => `/cases/${item.id}`}
      label={label ?? t('list.label')}
      keyboard={keyboard}
      columns={[
        {
          title: common.t('deadline.label'),
          minWidth: 136,
          render: (_, item) => <DeadlineTag deadline={item.deadline} />,
        },
        {
          title: t('list.number'),
          className: 'heshi-nowrap',
          render: (_, item) => (
            <>
              <Link to={`/cases/${item.id}`}>{item.number}</Link>
              {item.waiting > 0 ? (
                <Tag className="heshi-tag-beside">{t('list.waiting', { count: item.waiting })}</Tag>
              ) : null}
              {item.historical ? <Tag className="heshi-tag-beside">{t('list.historical')}</Tag> : null}
            </>
          ),
        },
        {
          title: t('list.status'),
          render: (_, item) => (
            <>
              <CaseStatusTag status={item.status} />
              {item.review ? <ReviewTag result={item.review} /> : null}
            </>
          ),
        },
        {
          title: t('list.consumer'),
          render: (_, item) => (
            <>
              {item.consumerName} <span className="heshi-muted">{item.consumerPhoneMasked}</span>
            </>
          ),
        },
        { title: t('list.merchant'), dataIndex: 'merchantName', minWidth: 120 },
        ...(brief
          ? []
          : [
              {
                title: t('list.object'),
                minWidth: 80,
                render: (_: unknown, item: CaseSummary) =>
                  `${codes.word('object', item.object)} · ${codes.word('problem', item.problem)}`,
              },
            ]),
        {
          title: t('list.amount'),
          align: 'right',
          minWidth: 72,
          render: (_, item) => <Money fen={item.amountFen} />,
        },
        ...(items.some((item) => item.assigned)
          ? [
              {
                title: supervision.t('list.assigned'),
                render: (_: unknown, item: CaseSummary) => item.assigned?.name ?? '—',
              },
            ]
          : []),
        ...(elsewhere ? [{ title: t('list.handling'), dataIndex: 'handlingName' }] : []),
        {
          title: t('list.updated'),
          className: 'heshi-nowrap',
          render: (_, item) => <When at={item.updatedAt} />,
        },
      ]}
    />
  );
}
