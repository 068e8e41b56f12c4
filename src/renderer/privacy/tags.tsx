import { AlertFilled, ClockCircleOutlined, FieldTimeOutlined, FormOutlined } from '@ant-design/icons';
import { Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PrivacyDue, PrivacyErasure } from '../../contract/workstation/privacy.ts';
import { businessDay, workingDaysBetween } from '../../domain/kernel/calendar/index.ts';
import type { PrivacyOutcome, PrivacyStatus } from '../../domain/privacy/index.ts';
import { useRules } from '../kernel/app/rules.tsx';
import { StatusTag, type Tone } from '../kernel/components/status-tag.tsx';
import { useToday } from '../kernel/kit/now.tsx';

const STATUS: Record<PrivacyStatus, Tone> = {
  received: 'warning',
  decided: 'active',
  answered: 'good',
  withdrawn: 'neutral',
};
const STATUS_SHAPE = { received: <ClockCircleOutlined />, decided: <FormOutlined /> };

/** Where a request stands: word, colour and shape. */
export function PrivacyStatusTag({ status }: { status: PrivacyStatus }) {
  const { t } = useTranslation('privacy');
  return (
    <StatusTag
      tone={STATUS[status]}
      icon={status === 'received' || status === 'decided' ? STATUS_SHAPE[status] : undefined}
    >
      {t(`status.${status}`)}
    </StatusTag>
  );
}

/** Working days that are left from which it is due soon (assumption). */
const SOON = 3;

/** Until when it is to be answered; nothing of one that is. */
export function PrivacyDueTag({ due }: { due: PrivacyDue | null }) {
  const { t } = useTranslation('privacy');
  const { calendar } = useRules();
  const today = useToday();
  if (due === null) return <span>—</span>;
  const day = businessDay(due.dueAt);
  const left = workingDaysBetween(calendar, today, day);
  const soon = !due.late && left <= SOON;
  const text = due.late ? t('due.late') : left === 0 ? t('due.last') : t('due.left', { count: left });
  const hint = t('due.hint', { day });
  return (
    <Tooltip title={due.provisional ? `${hint} · ${t('due.provisional')}` : hint}>
      <Tag
        variant={due.late ? 'solid' : 'outlined'}
        color={due.late ? 'error' : soon ? 'warning' : 'default'}
        icon={due.late ? <AlertFilled /> : soon ? <FieldTimeOutlined /> : <ClockCircleOutlined />}
      >
        {text}
      </Tag>
    </Tooltip>
  );
}

/** What became of one record. */
export function OutcomeTag({
  outcome,
  erasure,
}: {
  outcome: PrivacyOutcome | undefined;
  erasure: PrivacyErasure | null;
}) {
  const { t } = useTranslation('privacy');
  if (outcome === undefined)
    return (
      <StatusTag tone="warning" icon={<ClockCircleOutlined />}>
        {t('page.undecided')}
      </StatusTag>
    );
  if (outcome.verdict === 'refused') return <StatusTag tone="bad">{t('page.refused')}</StatusTag>;
  if (erasure === 'waiting')
    return (
      <StatusTag tone="active" icon={<ClockCircleOutlined />}>
        {t('page.notErased')}
      </StatusTag>
    );
  return <StatusTag tone="good">{t(erasure === null ? 'page.granted' : 'page.erased')}</StatusTag>;
}
