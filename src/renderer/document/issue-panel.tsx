import { useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Form } from 'antd';
import { useRef, useState } from 'react';
import { useForm, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { CaseDocuments } from '../../contract/workstation/document.ts';
import { DocumentFields, type DocumentField } from '../../domain/document/kinds.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { NumberField, TextField } from '../kernel/components/field.tsx';
import { showFieldIssues } from '../kernel/components/form-errors.ts';
import { openFile } from '../kernel/components/open-file.ts';
import { DayField } from '../kernel/components/typed-field.tsx';
import { DraftNotice, useDraft } from '../kernel/components/use-draft.tsx';
import { useFieldFocus } from '../kernel/components/use-field-focus.ts';

type Values = { copies: number | null } & Partial<Record<DocumentField, string | null>>;

/** Issues one document: what it still needs to be told, how it will look, then its number for good. */
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
  const [busy, setBusy] = useState<'preview' | 'issue' | null>(null);
  // The same press twice, or once more after a lost answer, is the same document.
  const [documentId] = useState(() => crypto.randomUUID());
  const defaults: Values = {
    copies,
    ...Object.fromEntries(needs.map((field) => [field, field === 'committee' ? (committee ?? '') : ''])),
  };
  const form = useForm<Values>({ defaultValues: defaults });
  const draft = useDraft(`document:${kind}:${caseId}`, `${caseNumber} ${t(`kind.${kind}`)}`, form);

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
  const run = async (what: 'preview' | 'issue'): Promise<void> => {
    setError(null);
    const told = fields();
    if (told === null) return;
    setBusy(what);
    try {
      if (what === 'preview') {
        openFile(await api.documents.preview({ caseId, kind, fields: told }), false);
        return;
      }
      const { file } = await api.documents.issue({
        caseId,
        documentId,
        kind,
        fields: told,
        copies: form.getValues('copies') ?? copies,
      });
      await draft.discard();
      openFile(file, false);
      onClose();
      await queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'drafts' });
    } catch (failure) {
      if (!showFieldIssues(form, failure, (field) => field.replace(/^fields\./, ''))) setError(failure);
    } finally {
      setBusy(null);
    }
  };
  return (
    <Drawer
      open
      size={460}
      title={`${t(`kind.${kind}`)} · ${caseNumber}`}
      onClose={onClose}
      autoFocus={false}
      footer={
        <div className="heshi-row-end">
          <Button onClick={onClose}>{common.t('action.cancel')}</Button>
          <Button loading={busy === 'preview'} disabled={busy !== null} onClick={() => void run('preview')}>
            {t('preview')}
          </Button>
          <Button
            type="primary"
            loading={busy === 'issue'}
            disabled={busy !== null}
            onClick={() => void run('issue')}
          >
            {t('issueAndPrint')}
          </Button>
        </div>
      }
    >
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
      <Form layout="vertical" component={false}>
        <form
          ref={formElement}
          data-primary
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (busy === null) void run('issue');
          }}
        >
          {needs.map((field) => (
            <Needed key={field} control={form.control} field={field} />
          ))}
          <NumberField control={form.control} name="copies" label={t('field.copies')} min={1} max={20} />
          <p className="heshi-hint">{t('numberHint')}</p>
          <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
        </form>
      </Form>
    </Drawer>
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
