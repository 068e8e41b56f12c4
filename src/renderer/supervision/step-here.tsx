import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Drawer, Skeleton } from 'antd';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { STEPS, type StepName } from '../case/index.ts';

/** One step on a case without leaving the list: the same form as on its page. */
export function StepHere({ caseId, step, onClose }: { caseId: string; step: StepName; onClose: () => void }) {
  const { t } = useTranslation('cases');
  const detail = useQuery({
    queryKey: ['cases', 'detail', caseId],
    queryFn: () => api.cases.get({ id: caseId }),
  });
  const { Panel } = STEPS[step];
  if (detail.data) return <Panel detail={detail.data} onClose={onClose} />;
  return (
    <Drawer open size={460} title={t(`step.${step}`)} onClose={onClose}>
      {detail.error ? <ErrorNotice error={detail.error} kept={false} /> : <Skeleton active />}
    </Drawer>
  );
}
