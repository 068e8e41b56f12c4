import { CheckCircleFilled, CloseCircleFilled, QuestionCircleFilled } from '@ant-design/icons';
import { ClockCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ReturnOutcome, ReturnVerdict } from '../../domain/return/eligibility.ts';
import type { ReturnStatus } from '../../domain/return/reducer.ts';
import { StatusTag, type Tone } from '../kernel/components/status-tag.tsx';

const STATUS: Record<ReturnStatus, Tone> = { requested: 'warning', granted: 'good', refused: 'bad' };

/** Where a return stands: word, colour and shape. */
export function ReturnStatusTag({ status }: { status: ReturnStatus }) {
  const { t } = useTranslation('returns');
  return (
    <StatusTag tone={STATUS[status]} icon={status === 'requested' ? <ClockCircleOutlined /> : undefined}>
      {t(`status.${status}`)}
    </StatusTag>
  );
}

const VERDICT: Record<ReturnVerdict, Tone> = { eligible: 'good', ineligible: 'bad', negotiable: 'warning' };
const VERDICT_SHAPE = {
  eligible: <CheckCircleFilled />,
  ineligible: <CloseCircleFilled />,
  negotiable: <QuestionCircleFilled />,
};

/** What the commitment says about a return, in one word. */
export function VerdictTag({ verdict }: { verdict: ReturnVerdict }) {
  const { t } = useTranslation('returns');
  return (
    <StatusTag tone={VERDICT[verdict]} icon={VERDICT_SHAPE[verdict]}>
      {t(`verdict.short.${verdict}`)}
    </StatusTag>
  );
}

const OUTCOME: Record<ReturnOutcome, Tone> = { pass: 'good', fail: 'bad', negotiable: 'warning' };
const OUTCOME_SHAPE = {
  pass: <CheckCircleFilled />,
  fail: <CloseCircleFilled />,
  negotiable: <QuestionCircleFilled />,
};

/** Whether one rule is met. */
export function OutcomeTag({ outcome }: { outcome: ReturnOutcome }) {
  const { t } = useTranslation('returns');
  return (
    <StatusTag tone={OUTCOME[outcome]} icon={OUTCOME_SHAPE[outcome]}>
      {t(`outcome.${outcome}`)}
    </StatusTag>
  );
}
