import { CheckCircleFilled, CloseCircleFilled, QuestionCircleFilled } from '@ant-design/icons';
import { Alert, Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ReturnVerdict } from '../../domain/return/eligibility.ts';
import { useReasonWords, type Reason } from './reason-words.ts';
import { OutcomeTag } from './tags.tsx';

const TYPES = { eligible: 'success', ineligible: 'error', negotiable: 'warning' } as const;
const SHAPES = {
  eligible: <CheckCircleFilled />,
  ineligible: <CloseCircleFilled />,
  negotiable: <QuestionCircleFilled />,
};
const ORDER = { fail: 0, negotiable: 1, pass: 2 };

/** A verdict and every rule that led to it: what decides first, what is met last. */
export function Verdict({ verdict, reasons }: { verdict: ReturnVerdict; reasons: readonly Reason[] }) {
  const { t } = useTranslation('returns');
  const words = useReasonWords();
  return (
    <>
      <Alert
        type={TYPES[verdict]}
        showIcon
        icon={SHAPES[verdict]}
        role="status"
        title={<strong>{t(`verdict.${verdict}`)}</strong>}
      />
      <ul aria-label={t('verdict.reasons')} className="heshi-bare-list">
        {reasons
          .toSorted((a, b) => ORDER[a.outcome] - ORDER[b.outcome])
          .map((reason) => {
            const { name, text, source, provisional } = words(reason);
            return (
              <li key={reason.rule}>
                <div className="heshi-row-between">
                  <strong>{name}</strong>
                  <OutcomeTag outcome={reason.outcome} />
                </div>
                {text === '' ? null : (
                  <div className={reason.outcome === 'pass' ? 'heshi-muted' : ''}>
                    {text}{' '}
                    {provisional ? (
                      <Tooltip title={t('verdict.provisionalHint')}>
                        <Tag color="warning">{t('verdict.provisional')}</Tag>
                      </Tooltip>
                    ) : null}
                  </div>
                )}
                {source === null ? null : (
                  <div className="heshi-note">
                    {t('verdict.basis')} {source}
                  </div>
                )}
              </li>
            );
          })}
      </ul>
      <p className="heshi-follows heshi-muted">{t('verdict.advice')}</p>
    </>
  );
}
