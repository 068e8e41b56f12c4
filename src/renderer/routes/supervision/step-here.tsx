import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Drawer, Skeleton } from 'antd';
import { api } from '../../api/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import type { Step } from '../cases/step-forms.tsx';
import { StepPanel } from '../cases/step-panel.tsx';

/** One step on a case without leaving the list: the same form as on its page. */
export function StepHere({ caseId, step, onClose }: { caseId: string; step: Step; onClose: () => void }) {
  const { t } = useTranslation('cases');
  const detail = useQuery({
    queryKey: ['cases', 'detail', caseId],
    queryFn: () => api.cases.get({ id: caseId }),
  });
  if (detail.data) return <StepPanel step={step} detail={detail.data} onClose={onClose} />;
  return (
    <Drawer open size={460} title={t(`step.${step}`)} onClose={onClose}>
      {detail.error ? <ErrorNotice error={detail.error} kept={false} /> : <Skeleton active />}
    </Drawer>
  );
}
