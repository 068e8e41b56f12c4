import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { useWording } from '../kernel/components/wording.ts';

/** The seconds that are left are counted here. */
const ASK_AGAIN_MS = 1_000;

/** Offers to take back the last import as a whole, exactly as long as that is possible: until the first of it leaves. */
export function UndoImport({ onUndone }: { onUndone: () => void }) {
  const { t, i18n } = useTranslation('imports');
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const word = useWording();
  const offer = useQuery({
    queryKey: ['imports', 'undoable'],
    queryFn: () => api.imports.undoable(),
    refetchInterval: ({ state: { data } }) => (data ? ASK_AGAIN_MS : false),
  });
  if (!offer.data) return null;
  const { fileName, imported, leavesInMs } = offer.data;
  const rows = imported.toLocaleString(i18n.language);
  const undo = async (): Promise<void> => {
    try {
      const { undone } = await api.imports.undo();
      void message.success(t('undo.done', { rows: undone.toLocaleString(i18n.language) }));
      onUndone();
    } catch (failure) {
      const { issues, rule } = asApiError(failure);
      void message.warning(word(rule ?? issues[0] ?? { rule: 'import-undo-too-late' }));
    }
    await queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'drafts' });
  };
  return (
    <div className="heshi-import-undo">
      <Button
        onClick={() =>
          modal.confirm({
            title: t('undo.confirmTitle', { fileName }),
            content: t('undo.confirmText', { rows }),
            okText: t('undo.action'),
            okButtonProps: { danger: true },
            onOk: undo,
          })
        }
      >
        {t('undo.action')}
      </Button>
      <span className="heshi-hint">
        {leavesInMs === null
          ? t('undo.held', { fileName, rows })
          : t('undo.leaves', { fileName, rows, seconds: Math.ceil(leavesInMs / ASK_AGAIN_MS) })}
      </span>
    </div>
  );
}
