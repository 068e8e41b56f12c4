import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { useWording } from '../kernel/components/wording.ts';

/** The seconds that are left are counted here. */
const ASK_AGAIN_MS = 1_000;

/** Offers to take back what one key has granted, for as long as it has not left this workstation. */
export function UndoGrant({ id, onUndone }: { id: string; onUndone: () => void }) {
  const { t } = useTranslation('shop');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const word = useWording();
  const offer = useQuery({
    queryKey: ['shop', 'undoable', id],
    queryFn: () => api.shop.undoable({ id }),
    refetchInterval: ({ state: { data } }) => (data ? ASK_AGAIN_MS : false),
  });
  const { mutate, isPending } = useMutation({
    mutationFn: () => api.shop.undo({ id }),
    onSuccess: () => {
      void message.success(t('undo.done'));
      onUndone();
    },
    onError: (error) => {
      const { issues, rule } = asApiError(error);
      void message.warning(word(rule ?? issues[0] ?? { rule: 'return-undo-too-late' }));
    },
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'drafts' }),
  });
  const possible = Boolean(offer.data) && !isPending;
  const undo = useCallback(() => {
    if (possible) mutate();
  }, [possible, mutate]);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const { target } = event;
      const typing = target instanceof Element && target.closest('input, textarea, [role="dialog"]') !== null;
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== 'z' || typing)
        return;
      event.preventDefault();
      undo();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [undo]);
  if (!offer.data) return null;
  const { leavesInMs } = offer.data;
  return (
    <div className="heshi-undo">
      <Button size="small" aria-keyshortcuts="Control+Z" disabled={isPending} onClick={undo}>
        {t('undo.undo')} (Ctrl+Z)
      </Button>
      <span className="heshi-hint">
        {leavesInMs === null
          ? t('undo.held')
          : t('undo.leaves', { seconds: Math.ceil(leavesInMs / ASK_AGAIN_MS) })}
      </span>
    </div>
  );
}
