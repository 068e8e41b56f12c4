import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CirclePublication } from '../../contract/workstation/public.ts';
import { api } from '../kernel/api/client.ts';
import { Dialog } from '../kernel/kit/dialog.tsx';

/** Decides the other way round, with the reason that stands beside it. */
export function DecideForm({ circle, onClose }: { circle: CirclePublication; onClose: () => void }) {
  const { t } = useTranslation('publication');
  const queries = useQueryClient();
  const { path, name, grades, revision } = circle;
  return (
    <Dialog
      title={t(grades ? 'hideTitle' : 'showTitle', { name })}
      text={t(grades ? 'hideText' : 'showText')}
      fields={[{ kind: 'long', name: 'reason', label: t('reason') }]}
      save={async ({ reason }, eventId) => {
        const decision = { circlePath: path, grades: !grades, reason: String(reason), revision, eventId };
        try {
          queries.setQueryData(['publication'], await api.publication.decide(decision));
        } catch (error) {
          void queries.invalidateQueries({ queryKey: ['publication'] });
          throw error;
        }
      }}
      onClose={onClose}
    />
  );
}
