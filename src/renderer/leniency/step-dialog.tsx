import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LeniencyAction, LeniencyView } from '../../contract/workstation/leniency.ts';
import { api } from '../kernel/api/client.ts';
import { Dialog, type DialogField, type DialogValues } from '../kernel/kit/dialog.tsx';
import { useToday } from '../kernel/kit/now.tsx';

/** The form by which education is recorded, or a decision taken back. */
export function LeniencyStepDialog({
  decision: { id, revision, decisionId, merchantName, number },
  step,
  onClose,
}: {
  decision: LeniencyView;
  step: LeniencyAction['step'];
  onClose: () => void;
}) {
  const { t } = useTranslation('leniency');
  const queries = useQueryClient();
  const today = useToday();
  const fields: DialogField[] =
    step === 'leniency-withdrawn'
      ? [{ kind: 'long', name: 'reason', label: t('field.reason') }]
      : [
          { kind: 'day', name: 'on', label: t('field.on'), initial: today },
          { kind: 'long', name: 'text', label: t('field.text') },
        ];
  return (
    <Dialog
      title={t(`step.${step}`)}
      text={`${merchantName} ${number ?? ''}`}
      fields={fields}
      onClose={onClose}
      save={async (values, eventId) => {
        await api.leniency.act({ id, revision, eventId, action: actionOf(step, decisionId, values) });
        await queries.invalidateQueries({ queryKey: ['leniency'] });
      }}
    />
  );
}

function actionOf(
  step: LeniencyAction['step'],
  decisionId: string,
  { on, text, reason }: DialogValues,
): LeniencyAction {
  return step === 'leniency-withdrawn'
    ? { step, payload: { decisionId, reason: String(reason) } }
    : { step, payload: { decisionId, on: String(on), text: String(text) } };
}
