import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { exactSecond } from '../kernel/components/when.tsx';
import { useWording } from '../kernel/components/wording.ts';

/** The seconds that are left are counted here. */
const ASK_AGAIN_MS = 1_000;

/**
 * Says what was just saved and offers to take it back, exactly as long as that is possible: until it has left the
 * workstation, which without a line may be long. What leaves by itself says in how many seconds.
 */
export function UndoOffer({ caseId, entries }: { caseId: string; entries: number }) {
  const { t } = useTranslation('finding');
  const cases = useTranslation('cases');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const word = useWording();
  const offer = useQuery({
    queryKey: ['undo', caseId, entries],
    queryFn: () => api.cases.undoable({ id: caseId }),
    refetchInterval: ({ state: { data } }) => (data ? ASK_AGAIN_MS : false),
  });
  const undoing = useRef(false);
  const step = offer.data?.step ?? null;

  const undo = useCallback(async (): Promise<void> => {
    if (step === null || undoing.current) return;
    undoing.current = true;
    try {
      const next = await api.cases.undo({ id: caseId });
      queries.setQueryData(['cases', 'detail', caseId], next);
      void message.success(cases.t('undo.done', { step: cases.t(`step.${step}`) }));
    } catch (failure) {
      const { issues, rule } = asApiError(failure);
      void message.warning(word(rule ?? issues[0] ?? { rule: 'undo-too-late' }));
    } finally {
      undoing.current = false;
    }
    await queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'drafts' });
  }, [caseId, step, queries, message, cases, word]);

  useEffect(() => {
    if (step === null) return undefined;
    const listen = (event: KeyboardEvent): void => {
      const { target } = event;
      // In a field Ctrl+Z takes back what was typed there, and in a panel nothing behind it.
      const typing = target instanceof Element && target.closest('input, textarea, [role="dialog"]') !== null;
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== 'z' || typing)
        return;
      event.preventDefault();
      void undo();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [step, undo]);

  if (!offer.data || step === null) return null;
  const { leavesInMs, leavesAt } = offer.data;
  return (
    <div className="heshi-undo">
      <span role="status">{cases.t('undo.saved', { step: cases.t(`step.${step}`) })}</span>
      <Button size="small" aria-keyshortcuts="Control+Z" onClick={() => void undo()}>
        {cases.t('undo.undo')} (Ctrl+Z)
      </Button>
      {/* Outside the status: a screen reader is not told every second. */}
      <span className="heshi-hint">
        {leavesInMs === null || leavesAt === null
          ? t('undo.held')
          : t('undo.leaves', {
              until: exactSecond(leavesAt),
              seconds: Math.ceil(leavesInMs / ASK_AGAIN_MS),
            })}
      </span>
    </div>
  );
}
