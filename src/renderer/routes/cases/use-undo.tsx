import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { asApiError } from '../../api/errors.ts';
import { useWording } from '../../components/wording.ts';
import type { Step } from './step-forms.tsx';

/** As long as the workstation keeps a fact before it sends it. */
const SHOWN_SECONDS = 5;

/** Says that a step was saved and offers to take it back, for as long as it has not left the workstation. */
export function useUndo(): (caseId: string, step: Step) => void {
  const { t } = useTranslation('cases');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const word = useWording();
  return (caseId, step) => {
    const key = `undo:${caseId}`;
    const undo = async (): Promise<void> => {
      message.destroy(key);
      try {
        const next = await api.cases.undo({ id: caseId });
        queries.setQueryData(['cases', 'detail', caseId], next);
        void message.success(t('undo.done', { step: t(`step.${step}`) }));
      } catch (failure) {
        const { issues } = asApiError(failure);
        void message.warning(word(issues[0] ?? { rule: 'undo-too-late' }));
      }
      await queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'drafts' });
    };
    void message.open({
      key,
      type: 'success',
      duration: SHOWN_SECONDS,
      content: (
        <>
          {t('undo.saved', { step: t(`step.${step}`) })}{' '}
          <Button type="link" size="small" onClick={() => void undo()}>
            {t('undo.undo')}
          </Button>
        </>
      ),
    });
  };
}
