import { Steps } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RestorationDetail } from '../../../contract/workstation/restoration.ts';
import { When } from '../../kernel/components/when.tsx';

const STAGES = ['filed', 'accepted', 'answered', 'submitted', 'concluded'] as const;

/** How far it has come. */
export function Course({ detail: { state, summary } }: { detail: RestorationDetail }) {
  const { t } = useTranslation('restorations');
  const { status } = state;
  const reached =
    status === 'concluded'
      ? 5
      : status === 'submitted'
        ? 4
        : state.accepted === null
          ? 1
          : summary.asked === summary.answered
            ? 3
            : 2;
  const times = [
    state.filed.at,
    state.accepted?.at,
    null,
    state.submitted?.by.at,
    state.outcomes.at(-1)?.by.at,
  ];
  return (
    <Steps
      size="small"
      current={reached}
      status={status === 'withdrawn' ? 'error' : status === 'expired' ? 'wait' : 'process'}
      items={STAGES.map((stage, place) => {
        const at = times[place];
        const content =
          stage === 'answered' && summary.asked > 0 ? (
            t('answersOf', { asked: summary.asked, answered: summary.answered })
          ) : at === null || at === undefined ? undefined : (
            <When at={at} />
          );
        return { title: t(`course.${stage}`), ...(content === undefined ? {} : { content }) };
      })}
    />
  );
}
