import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Drawer, Form, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { DocumentView, PaperToSign } from '../../contract/workstation/document.ts';
import { SIGNERS, type Signer } from '../../domain/document/kinds.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { TextField } from '../kernel/components/field.tsx';
import { yuan } from '../kernel/components/money.tsx';
import { DayField } from '../kernel/components/typed-field.tsx';
import { useToday } from '../kernel/kit/now.tsx';
import { SignPage, type Signature } from './sign-page.tsx';
import { SignerField } from './signer-field.tsx';

type Paper = { signedOn: string | null; note: string };

/**
 * Records who signed: on this screen, over the page as it was issued, with what is agreed in sight; or on the paper itself,
 * whose scan belongs to the evidence. Strokes are kept in the signed file and nowhere else.
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
  const [signatures, setSignatures] = useState<Partial<Record<Signer, Signature | undefined>>>({});
  const [onPaper, setOnPaper] = useState<Signer[]>([...signers]);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const form = useForm<Paper>({
    defaultValues: { signedOn: useToday(), note: '' },
  });
  const paper = useQuery({
    queryKey: ['documents', 'to-sign', documentId],
    queryFn: () => api.documents.toSign({ caseId, documentId }),
    enabled: issued.fileHere,
    staleTime: Infinity,
  });
  const onScreen = manner === 'on-screen';
  const given = signers.flatMap((signer) => {
    const signature = signatures[signer];
    return signature ? [{ signer, ...signature }] : [];
  });
  const ready = onScreen ? given.length > 0 : onPaper.length > 0;
  const [takenBack, setTakenBack] = useState<Partial<Record<Signer, number>>>({});
  const setSignature = (signer: Signer, signature: Signature | null): void => {
    setSignatures((before) => ({ ...before, [signer]: signature ?? undefined }));
    if (signature === null) setTakenBack((before) => ({ ...before, [signer]: (before[signer] ?? 0) + 1 }));
  };
  const sign = async (): Promise<void> => {
    setError(null);
    setBusy(true);
    try {
      const { signedOn, note } = form.getValues();
      await api.documents.sign(
        onScreen
          ? {
              manner,
              caseId,
              documentId,
              inks: given.flatMap((one) => ('ink' in one ? [{ signer: one.signer, ...one.ink }] : [])),
              typed: given.flatMap((one) => ('name' in one ? [{ signer: one.signer, name: one.name }] : [])),
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
  const side = (
    <>
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
      {paper.data?.agreed ? <Agreed agreed={paper.data.agreed} /> : null}
      {onScreen ? (
        signers.map((signer) => (
          <SignerField
            key={signer}
            signer={signer}
            signature={signatures[signer]}
            onChange={(signature) => setSignature(signer, signature)}
          />
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
    </>
  );
  return (
    <Drawer
      open
      size={issued.fileHere ? 1320 : 520}
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
      {issued.fileHere ? (
        <div className="heshi-paper-desk">
          {paper.data ? (
            <SignPage
              paper={paper.data}
              signatures={onScreen ? signatures : null}
              takenBack={takenBack}
              onDrawn={(signer, ink) => setSignature(signer, { ink })}
            />
          ) : (
            <section className="heshi-sheets" aria-label={t('toSign')}>
              {paper.error ? (
                <ErrorNotice error={paper.error} kept={false} />
              ) : (
                <Skeleton active paragraph={{ rows: 12 }} />
              )}
            </section>
          )}
          <div className="heshi-paper-side">{side}</div>
        </div>
      ) : (
        side
      )}
    </Drawer>
  );
}

/** What the signer agrees to, in sight beside the page. */
function Agreed({ agreed }: { agreed: NonNullable<PaperToSign['agreed']> }) {
  const { t } = useTranslation('documents');
  const { amountFen, terms, dueOn, instalments } = agreed;
  return (
    <section className="heshi-agreed" aria-label={t('agreed.title')}>
      <span className="heshi-muted">{t('agreed.title')}</span>
      <strong>{amountFen === 0 ? t('agreed.nothing') : yuan(amountFen)}</strong>
      <p className="heshi-as-typed">{terms}</p>
      <p>
        {dueOn === null
          ? t('agreed.atOnce')
          : t(instalments > 0 ? 'agreed.instalments' : 'agreed.until', { day: dueOn, count: instalments })}
      </p>
    </section>
  );
}
