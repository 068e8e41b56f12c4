import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Drawer, Form, Skeleton } from 'antd';
import { useRef, useState } from 'react';
import { useForm, useWatch, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { CaseDocuments, PaperChecks } from '../../contract/workstation/document.ts';
import { DocumentFields, type DocumentField } from '../../domain/document/kinds.ts';
import { codePointName } from '../../domain/kernel/text/index.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { NumberField, TextField } from '../kernel/components/field.tsx';
import { showFieldIssues } from '../kernel/components/form-errors.ts';
import { openFile } from '../kernel/components/open-file.ts';
import { DayField } from '../kernel/components/typed-field.tsx';
import { DraftNotice, useDraft } from '../kernel/components/use-draft.tsx';
import { useDebounced } from '../kernel/components/use-debounced.ts';
import { useFieldFocus } from '../kernel/components/use-field-focus.ts';
import { PaperPages } from './paper-pages.tsx';

type Values = { copies: number | null } & Partial<Record<DocumentField, string | null>>;

/** How long a page waits for the next letter before it is redrawn. */
const PAUSE_MS = 400;

/** What of the form can be put on the page already. */
function filledIn(needs: readonly DocumentField[], values: Partial<Values>): DocumentFields {
  const shapes = DocumentFields.shape;
  return Object.fromEntries(
    needs.flatMap((field) => {
      const read = shapes[field].safeParse(values[field] || undefined);
      return read.success && read.data !== undefined ? [[field, read.data]] : [];
    }),
  );
}

/** Issues one document: the page as it will be, what to look at and to fill in beside it, and last its number, for good. */
export function IssuePanel({
  caseId,
  caseNumber,
  issuable: { kind, needs, copies },
  committee,
  onClose,
}: {
  caseId: string;
  caseNumber: string;
  issuable: CaseDocuments['issuable'][number];
  /** Filled in where the procedure names it. */
  committee: string | null;
  onClose: () => void;
}) {
  const { t } = useTranslation('documents');
  const common = useTranslation('common');
  const queries = useQueryClient();
  const formElement = useRef<HTMLFormElement>(null);
  useFieldFocus(formElement);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [seen, setSeen] = useState(false);
  // The same press twice, or once more after a lost answer, is the same document.
  const [documentId] = useState(() => crypto.randomUUID());
  const defaults: Values = {
    copies,
    ...Object.fromEntries(needs.map((field) => [field, field === 'committee' ? (committee ?? '') : ''])),
  };
  const form = useForm<Values>({ defaultValues: defaults });
  const draft = useDraft(`document:${kind}:${caseId}`, `${caseNumber} ${t(`kind.${kind}`)}`, form);
  const shown = useDebounced(filledIn(needs, useWatch({ control: form.control })), PAUSE_MS);
  const preview = useQuery({
    queryKey: ['documents', 'preview', caseId, kind, shown],
    queryFn: () => api.documents.preview({ caseId, kind, fields: shown }),
    placeholderData: keepPreviousData,
  });
  const checks = preview.data?.checks;
  // What stays blank is told; what cannot be printed has to be looked at.
  const doubtful = checks !== undefined && checks.unprintable.length > 0;

  /** The fields as typed, or null after the ones that lack something have been marked. */
  const fields = (): DocumentFields | null => {
    const values = form.getValues();
    const typed = Object.fromEntries(
      needs.map((field) => [field, values[field] === '' ? null : (values[field] ?? null)]),
    );
    const parsed = DocumentFields.required()
      .pick(Object.fromEntries(needs.map((field) => [field, true])) as Record<DocumentField, true>)
      .safeParse(typed);
    if (parsed.success) return parsed.data;
    form.clearErrors();
    parsed.error.issues.forEach((issue, index) => {
      const name = issue.path.map(String).join('.') as DocumentField;
      form.setError(name, { type: issue.code, message: issue.code }, { shouldFocus: index === 0 });
    });
    return null;
  };
  const issue = async (): Promise<void> => {
    setError(null);
    const told = fields();
    if (told === null) return;
    setBusy(true);
    try {
      const { file } = await api.documents.issue({
        caseId,
        documentId,
        kind,
        fields: told,
        copies: form.getValues('copies') ?? copies,
        acknowledged: doubtful && seen,
      });
      await draft.discard();
      openFile(file, false);
      onClose();
      await queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'drafts' });
    } catch (failure) {
      if (!showFieldIssues(form, failure, (field) => field.replace(/^fields\./, ''))) setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const ready = !busy && preview.data !== undefined && (!doubtful || seen);
  return (
    <Drawer
      open
      size={1320}
      title={`${t(`kind.${kind}`)} · ${caseNumber}`}
      onClose={onClose}
      autoFocus={false}
      footer={
        <div className="heshi-row-end">
          <span className="heshi-hint">{t('numberHint')}</span>
          <Button onClick={onClose}>{common.t('action.cancel')}</Button>
          <Button type="primary" loading={busy} disabled={!ready} onClick={() => void issue()}>
            {t('issueAndPrint')}
          </Button>
        </div>
      }
    >
      <div className="heshi-paper-desk">
        {preview.data ? (
          <PaperPages file={preview.data.file} label={t('preview')} />
        ) : (
          <section className="heshi-sheets" aria-label={t('preview')}>
            {preview.error ? (
              <ErrorNotice error={preview.error} kept={false} />
            ) : (
              <Skeleton active paragraph={{ rows: 12 }} />
            )}
          </section>
        )}
        <div className="heshi-paper-side">
          <div className="heshi-notices">
            <DraftNotice
              savedAt={draft.restored}
              onDiscard={() => {
                void draft.discard().then(() => {
                  draft.resume();
                  form.reset(defaults);
                });
              }}
            />
            {error ? <ErrorNotice error={error} /> : null}
          </div>
          <Checks checks={checks} />
          {doubtful ? (
            <p>
              <Checkbox checked={seen} onChange={({ target }) => setSeen(target.checked)}>
                {t('checks.seen')}
              </Checkbox>
            </p>
          ) : null}
          <Form layout="vertical" component={false}>
            <form
              ref={formElement}
              data-primary
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                if (ready) void issue();
              }}
            >
              {needs.map((field) => (
                <Needed key={field} control={form.control} field={field} />
              ))}
              <NumberField control={form.control} name="copies" label={t('field.copies')} min={1} max={20} />
              <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
            </form>
          </Form>
        </div>
      </div>
    </Drawer>
  );
}

/** What to look at on the page, and what it lacks. */
function Checks({ checks }: { checks: PaperChecks | undefined }) {
  const { t } = useTranslation('documents');
  if (checks === undefined) return null;
  const { missing, unprintable } = checks;
  return (
    <section aria-live="polite">
      <h3 className="heshi-section-title">{t('checks.title')}</h3>
      <ul className="heshi-checks">
        <li>{t('checks.names')}</li>
        <li>{t('checks.amounts')}</li>
        {missing.map((part) => (
          <li key={part} className="heshi-caution">
            {t('checks.missing', { part: t(`checks.part.${part}`) })}
          </li>
        ))}
        {unprintable.map((character) => (
          <li key={character} className="heshi-error">
            {t('checks.unprintable', { character, code: codePointName(character) })}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Needed({ control, field }: { control: Control<Values>; field: DocumentField }) {
  const { t } = useTranslation('documents');
  const shared = { control, name: field, label: t(`field.${field}`), required: true } as const;
  switch (field) {
    case 'dueOn':
    case 'heldOn':
      return <DayField {...shared} lean="future" />;
    case 'heldAt':
      return <TextField {...shared} placeholder="14:30" />;
    case 'materials':
    case 'responsibility':
      return <TextField {...shared} rows={4} />;
    case 'place':
    case 'committee':
      return <TextField {...shared} />;
  }
}
