import { Alert, Button, Statistic } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RepairResult } from '../../contract/workstation/repair.ts';

/** What a repair came to, in numbers, and the way on. */
export function Result({ result, onOpen }: { result: RepairResult; onOpen: () => void }) {
  const { t } = useTranslation('repair');
  const { way, facts, unsent, fromCentre, lost, keptAs } = result;
  const anew = way === 'anew';
  return (
    <section aria-live="polite">
      {anew ? null : (
        <>
          <div className="heshi-repair-counts">
            <Statistic title={t('result.facts')} value={facts} />
            <Statistic title={t('result.unsent')} value={unsent} />
            <Statistic title={t('result.fromCentre')} value={fromCentre} />
            {lost === null ? null : <Statistic title={t('result.lost')} value={lost} />}
          </div>
          <Alert
            showIcon
            type={lost === 0 ? 'success' : 'warning'}
            className="heshi-below-m"
            title={
              lost === null
                ? t('result.lostUnknown')
                : lost === 0
                  ? t('result.lostNone')
                  : t('result.lostSome', { count: lost })
            }
          />
        </>
      )}
      {keptAs === null ? null : (
        <p>
          {t('result.keptAs')} <code>{keptAs}</code>
        </p>
      )}
      <Button type="primary" onClick={onOpen}>
        {t('result.open')}
      </Button>
    </section>
  );
}
