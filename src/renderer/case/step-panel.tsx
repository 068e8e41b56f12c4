import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer, Form } from 'antd';
import { useRef, useState, type BaseSyntheticEvent } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { CaseAction, type CaseDetail } from '../../contract/workstation/case.ts';
import type { FieldIssue } from '../../contract/workstation/errors.ts';
import { cautionsOf, type Caution } from '../../domain/case/caution.ts';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { CautionNotice } from '../kernel/components/caution-notice.tsx';
import type { FormValues } from '../kernel/components/field.tsx';
import { showFieldIssues, showSchemaIssues } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { DraftNotice, useDraft } from '../kernel/components/use-draft.tsx';
import { useFieldFocus } from '../kernel/components/use-field-focus.ts';
import type { StepContext, StepDeclaration, StepName } from './steps/define-step.tsx';
import { useToday } from '../kernel/kit/now.tsx';

/** Where the payload stands in the contract's action, and in what the workstation calls its input. */
const PAYLOAD = /^payload\./;
const ACTION_PAYLOAD = /^action\.payload\./;

/** A caution as it was asked: for other values it is asked again. */
const textOf = (caution: Caution): string => JSON.stringify(caution);

/** One step on a case, in a panel beside it. Closing keeps what was typed as a draft. */
export function StepPanel<Name extends StepName, Values extends FormValues>({
  declaration,
  detail,
  sampleId,
  onClose,
}: {
  declaration: StepDeclaration<Name, Values>;
  detail: CaseDetail;
  sampleId: string | null;
  onClose: () => void;
}) {
  const { Fields, fieldOf = (path: string) => path } = declaration;
  const step: StepName = declaration.type;
  const { t } = useTranslation('cases');
  const common = useTranslation('common');
  const queries = useQueryClient();
  const fields = useRef<HTMLFormElement>(null);
  useFieldFocus(fields);
  const [error, setError] = useState<unknown>(null);
  /** What the schema refuses and no field of the form shows. */
  const [loose, setLoose] = useState<FieldIssue[]>([]);
  /** What looks wrong and is recorded all the same, once the person has been asked. */
  const [asked, setAsked] = useState<Caution[]>([]);
  // Someone else's change that arrives while one types is shown behind, and said in front.
  const [opened, setOpened] = useState(detail.state.revision);
  const changed = detail.state.revision !== opened;
  const context: StepContext = { detail, today: useToday(), sampleId };
  // Kept from the first moment: values that changed would reset what is being typed.
  const [defaults] = useState(() => declaration.defaults(context));
  const form = useForm<Values>({ values: defaults });
  const draft = useDraft(`${step}:${detail.state.id}`, `${detail.state.number} ${t(`step.${step}`)}`, form);

  const send = form.handleSubmit(async (values) => {
    const parsed = CaseAction.safeParse({ step, payload: declaration.payload(values, context) });
    if (!parsed.success) {
      setAsked([]);
      setLoose(showSchemaIssues(form, parsed.error.issues, (field) => fieldOf(field.replace(PAYLOAD, ''))));
      return;
    }
    const action = parsed.data;
    const cautions = cautionsOf(action, detail.state, detail.respondentPath);
    const known = new Set(asked.map(textOf));
    if (!cautions.every((one) => known.has(textOf(one)))) {
      setAsked(cautions);
      return;
    }
    try {
      const next = await api.cases.act({
        id: detail.state.id,
        revision: detail.state.revision,
        eventId: draft.id,
        action,
      });
      setOpened(next.state.revision);
      await draft.discard();
      queries.setQueryData(['cases', 'detail', detail.state.id], next);
      onClose();
      await queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'drafts' });
    } catch (failure) {
      // What the other change made of the case is shown behind; what was typed stays in front.
      if (asApiError(failure).code === 'CONFLICT') await queries.invalidateQueries({ queryKey: ['cases'] });
      const rename = (field: string): string => fieldOf(field.replace(ACTION_PAYLOAD, ''));
      if (!showFieldIssues(form, failure, rename)) setError(failure);
    }
  });
  const submit = async (event?: BaseSyntheticEvent): Promise<void> => {
    event?.preventDefault();
    // The same press twice is one step.
    if (form.formState.isSubmitting) return;
    // An error at a group of fields has no field of its own that would clear it.
    form.clearErrors();
    setError(null);
    setLoose([]);
    await send(event);
  };
  return (
    <Drawer
      open
      size={460}
      title={`${t(`step.${step}`)} · ${detail.state.number}`}
      onClose={onClose}
      autoFocus={false}
      footer={
        <div className="heshi-row-end">
          <Button onClick={onClose}>{common.t('action.cancel')}</Button>
          <Button type="primary" loading={form.formState.isSubmitting} onClick={() => void submit()}>
            {asked.length > 0 ? t('caution.record') : t(`step.${step}`)}
          </Button>
        </div>
      }
    >
      <div className="heshi-notices">
        <DraftNotice
          savedAt={draft.restored}
          draft={draft}
          onDiscard={() => {
            void draft.discard().then(() => {
              draft.resume();
              form.reset(defaults);
            });
          }}
        />
        {changed && !error ? (
          <Alert type="warning" showIcon role="status" title={t('page.conflict')} />
        ) : null}
        {error ? <ErrorNotice error={error} /> : null}
        <LooseIssues issues={loose} />
        <CautionNotice cautions={asked} />
      </div>
      <Form layout="vertical" component={false}>
        <form ref={fields} data-primary noValidate onSubmit={(event) => void submit(event)}>
          <Fields control={form.control} detail={detail} />
          <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
        </form>
      </Form>
    </Drawer>
  );
}
