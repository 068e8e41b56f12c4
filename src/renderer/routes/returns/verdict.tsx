import { CheckCircleFilled, CloseCircleFilled, QuestionCircleFilled } from '@ant-design/icons';
import { Alert, Tag, theme, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ReturnVerdict } from '../../../domain/return/eligibility.ts';
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
  const { token } = theme.useToken();
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
      <ul
        aria-label={t('verdict.reasons')}
        style={{ listStyle: 'none', margin: '10px 0 0', padding: 0, display: 'grid', gap: 7 }}
      >
        {reasons
          .toSorted((a, b) => ORDER[a.outcome] - ORDER[b.outcome])
          .map((reason) => {
            const { name, text, source, provisional } = words(reason);
            return (
              <li key={reason.rule}>
                <div style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
                  <strong>{name}</strong>
                  <OutcomeTag outcome={reason.outcome} />
                </div>
                {text === '' ? null : (
                  <div style={reason.outcome === 'pass' ? { color: token.colorTextSecondary } : undefined}>
                    {text}{' '}
                    {provisional ? (
                      <Tooltip title={t('verdict.provisionalHint')}>
                        <Tag color="warning">{t('verdict.provisional')}</Tag>
                      </Tooltip>
                    ) : null}
                  </div>
                )}
                {source === null ? null : (
                  <div style={{ color: token.colorTextSecondary, fontSize: '0.92em' }}>
                    {t('verdict.basis')} {source}
                  </div>
                )}
              </li>
            );
          })}
      </ul>
      <p style={{ margin: '10px 0 0', color: token.colorTextSecondary }}>{t('verdict.advice')}</p>
    </>
  );
}
