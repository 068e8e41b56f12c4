import { useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Drawer, Form, Segmented } from 'antd';
import { useCallback, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { DocumentView } from '../../contract/workstation/document.ts';
import { SIGNERS, type Signer } from '../../domain/document/kinds.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { TextField } from '../kernel/components/field.tsx';
import { DayField } from '../kernel/components/typed-field.tsx';
import { InkField, type Strokes } from './ink-field.tsx';
import { useToday } from '../kernel/kit/now.tsx';

type Paper = { signedOn: string | null; note: string };

/**
 * Records who signed: on this screen, which draws the strokes into the paper as it was issued, or on the paper
 * itself, whose scan belongs to the evidence. Strokes are kept in the signed file and nowhere else.
 */
export function SignPanel({
  caseId,
  document: issued,
  onClose,
}: {
  caseId: string;
  document: DocumentView;
  onClose: () => void;
}) {
  const { t } = useTranslation('documents');
  const common = useTranslation('common');
  const queries = useQueryClient();
  const signers = SIGNERS[issued.kind];
  const { documentId } = issued;
  const [manner, setManner] = useState<'on-screen' | 'on-paper'>(issued.fileHere ? 'on-screen' : 'on-paper');
  const [inks, setInks] = useState<Partial<Record<Signer, Strokes | undefined>>>({});
  const [onPaper, setOnPaper] = useState<Signer[]>([...signers]);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const form = useForm<Paper>({
    defaultValues: { signedOn: useToday(), note: '' },
  });
  const drawn = signers.filter((signer) => inks[signer] !== undefined);
  const ready = manner === 'on-screen' ? drawn.length > 0 : onPaper.length > 0;
  const setInk = useCallback((signer: Signer, ink: Strokes | null) => {
    setInks((before) => ({ ...before, [signer]: ink ?? undefined }));
  }, []);
  const sign = async (): Promise<void> => {
    setError(null);
    setBusy(true);
    try {
      const { signedOn, note } = form.getValues();
      await api.documents.sign(
        manner === 'on-screen'
          ? {
              manner,
              caseId,
              documentId,
              inks: drawn.flatMap((signer) => {
                const ink = inks[signer];
                return ink ? [{ signer, ...ink }] : [];
              }),
            }
          : {
              manner,
              caseId,
              documentId,
              signers: onPaper,
              signedOn: signedOn ?? '',
              ...(note.trim() === '' ? {} : { note }),
            },
      );
      onClose();
      await queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'drafts' });
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer
      open
      size={520}
      title={`${t('sign')} · ${issued.number}`}
      onClose={onClose}
      footer={
        <div className="heshi-row-end">
          <Button onClick={onClose}>{common.t('action.cancel')}</Button>
          <Button type="primary" loading={busy} disabled={!ready} onClick={() => void sign()}>
            {t('recordSignature')}
          </Button>
        </div>
      }
    >
      {error ? <ErrorNotice error={error} /> : null}
      {issued.fileHere ? (
        <Segmented
          aria-label={t('manner.label')}
          value={manner}
          onChange={setManner}
          options={[
            { value: 'on-screen' as const, label: t('manner.on-screen') },
            { value: 'on-paper' as const, label: t('manner.on-paper') },
          ]}
          className="heshi-below-m"
        />
      ) : null}
      {manner === 'on-screen' ? (
        signers.map((signer) => (
          <InkField key={signer} label={t(`signer.${signer}`)} onChange={(ink) => setInk(signer, ink)} />
        ))
      ) : (
        <Form layout="vertical" component={false}>
          <form noValidate>
            <fieldset className="heshi-signers">
              <legend>{t('whoSigned')}</legend>
              <Checkbox.Group
                value={onPaper}
                onChange={(chosen) => setOnPaper(signers.filter((one) => chosen.includes(one)))}
                options={signers.map((value) => ({ value, label: t(`signer.${value}`) }))}
              />
            </fieldset>
            <DayField control={form.control} name="signedOn" label={t('field.signedOn')} required />
            <TextField control={form.control} name="note" label={t('field.note')} rows={2} />
            <p className="heshi-hint">{t('scanHint')}</p>
          </form>
        </Form>
      )}
    </Drawer>
  );
}
