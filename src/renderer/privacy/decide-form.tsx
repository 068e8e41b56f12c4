import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Form } from 'antd';
import { useForm, useWatch, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { z } from 'zod';
import type { PrivacyDetail, PrivacyRecordView } from '../../contract/workstation/privacy.ts';
import {
  groundsOf,
  PrivacyGround,
  type PrivacyOutcome,
  type PrivacyWhat,
} from '../../domain/privacy/index.ts';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { SelectField, TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { DraftNotice, useDraft } from '../kernel/components/use-draft.tsx';
import { exactTime } from '../kernel/components/when.tsx';
import { ChoiceField } from '../kernel/components/choice-field.tsx';
import { keyOf } from './values.ts';

const Verdict = z.enum(['granted', 'refused']);

/** What stands in the form: one of each record, in their order. */
const valuesFor = (what: PrivacyWhat) =>
  z.object({
    outcomes: z.array(
      z
        .object({
          key: z.string(),
          verdict: Verdict.nullable(),
          ground: PrivacyGround.nullable(),
          correctionId: z.string().nullable(),
          text: z.string().max(500, { error: 'too_big' }),
        })
        .check(({ value: { verdict, ground, correctionId, text }, issues }) => {
          const refuse = (field: string, message: string): void => {
            issues.push({ code: 'custom', message, path: [field], input: null });
          };
          const said = text.trim() !== '';
          if (verdict === null) refuse('verdict', 'required');
          if (verdict === 'refused' && ground === null) refuse('ground', 'required');
          if (verdict === 'refused' && ground === 'other' && !said) refuse('text', 'privacy-reason-needed');
          if (verdict === 'granted' && what === 'correction' && correctionId === null && !said)
            refuse('text', 'privacy-correction-needed');
        }),
    ),
  });
type Values = z.input<ReturnType<typeof valuesFor>>;

function startingValues({ state, records }: PrivacyDetail): Values {
  return {
    outcomes: records.map((one) => {
      const barred = state.what === 'deletion' && one.bar !== null;
      return {
        key: keyOf(one),
        // What cannot be granted stands there refused, with the reason.
        verdict: barred ? 'refused' : null,
        ground: barred ? one.bar : null,
        correctionId: one.corrections.at(-1)?.eventId ?? null,
        text: '',
      };
    }),
  };
}

/** The decision about each record, beside what it is about. */
export function DecideForm({ detail, onClose }: { detail: PrivacyDetail; onClose: () => void }) {
  const { t } = useTranslation('privacy');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { state, records } = detail;
  const form = useForm<Values>({
    resolver: zodResolver(valuesFor(state.what), undefined, { raw: true }),
    defaultValues: startingValues(detail),
  });
  const draft = useDraft(`privacy-decided:${state.id}`, t('decide.title'), form);
  const queryKey = ['privacy', 'get', state.id];
  const save = useMutation({
    mutationFn: ({ outcomes }: Values) =>
      api.privacy.decide({
        id: state.id,
        revision: state.revision,
        eventId: draft.id,
        outcomes: outcomes.flatMap((one, place) => outcomeOf(state.what, records[place], one)),
      }),
    onSuccess: (next) => {
      void draft.discard();
      queries.setQueryData(queryKey, next);
      void queries.invalidateQueries({ queryKey: ['privacy', 'list'] });
      onClose();
      void message.success(t('decide.saved'));
    },
    onError: (error) => {
      if (asApiError(error).code === 'CONFLICT') void queries.invalidateQueries({ queryKey });
      showFieldIssues(form, error);
    },
  });
  const { submit, loose } = useSubmit(form, (values) => save.mutate(values));
  const startOver = async (): Promise<void> => {
    await draft.discard();
    draft.resume();
    form.reset(startingValues(detail));
  };
  return (
    <Card size="small" title={<h2>{t('decide.title')}</h2>}>
      <DraftNotice savedAt={draft.restored} draft={draft} onDiscard={() => void startOver()} />
      {save.error ? <ErrorNotice error={save.error} /> : null}
      <LooseIssues issues={loose} />
      <p className="heshi-flush-top heshi-muted">{t(`decide.intro.${state.what}`)}</p>
      <Form layout="vertical" component={false}>
        <form
          data-primary
          noValidate
          aria-label={t('decide.title')}
          className="heshi-stack"
          onSubmit={(event) => void submit(event)}
        >
          {records.map((record, place) => (
            <Outcome
              key={keyOf(record)}
              control={form.control}
              place={place}
              what={state.what}
              record={record}
            />
          ))}
          <div className="heshi-row-end">
            <Button onClick={onClose}>{t('decide.cancel')}</Button>
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t('decide.save')}
            </Button>
          </div>
        </form>
      </Form>
    </Card>
  );
}

/** One record's outcome as it is recorded; none while nothing was chosen. */
function outcomeOf(
  what: PrivacyWhat,
  record: PrivacyRecordView | undefined,
  { verdict, ground, correctionId, text }: Values['outcomes'][number],
): PrivacyOutcome[] {
  if (record === undefined || verdict === null) return [];
  const { kind, id } = record;
  if (verdict === 'refused') return ground === null ? [] : [{ kind, id, verdict, ground, text }];
  const corrects = what === 'correction' && kind === 'case';
  return [{ kind, id, verdict, correctionId: corrects ? correctionId : null, text }];
}

function Outcome({
  control,
  place,
  what,
  record,
}: {
  control: Control<Values>;
  place: number;
  what: PrivacyWhat;
  record: PrivacyRecordView;
}) {
  const { t } = useTranslation('privacy');
  const verdict = useWatch({ control, name: `outcomes.${place}.verdict` });
  const name = `${t(`kind.${record.kind}`)} ${record.number}`;
  const barred = what === 'deletion' ? record.bar : null;
  // Several records have fields of the same names: each is told apart by its record where it is heard.
  return (
    <section aria-label={name} className="heshi-privacy-outcome">
      <h3>
        {name}
        {record.known === null ? null : (
          <span className="heshi-note">
            {' '}
            {record.known.merchantName} · {record.known.on}
          </span>
        )}
      </h3>
      {barred === null ? null : (
        <Alert type="info" showIcon title={t(`decide.bar.${barred}`)} className="heshi-below-s" />
      )}
      <ChoiceField
        control={control}
        name={`outcomes.${place}.verdict`}
        label={t('decide.verdict')}
        options={Verdict.options.map((value) => ({ value, label: t(`verdict.${value}`) }))}
        required
      />
      {verdict === 'refused' ? (
        <SelectField
          control={control}
          name={`outcomes.${place}.ground`}
          label={t('decide.ground')}
          options={groundsOf(what).map((value) => ({ value, label: t(`ground.${value}`) }))}
          required
        />
      ) : null}
      {verdict === 'granted' && what === 'correction' && record.kind === 'case' ? (
        <>
          <SelectField
            control={control}
            name={`outcomes.${place}.correctionId`}
            label={t('decide.correction')}
            options={record.corrections.map(({ eventId, at, byName, reason }) => ({
              value: eventId,
              label: t('decide.correctionOf', { at: exactTime(at), name: byName, reason }),
            }))}
            help={record.corrections.length === 0 ? t('decide.noCorrection') : ''}
          />
          <p className="heshi-close">
            <Link to={`/cases/${record.id}`}>{t('decide.openCase')}</Link>
          </p>
        </>
      ) : null}
      {verdict === null ? null : (
        <TextField
          control={control}
          name={`outcomes.${place}.text`}
          label={t(verdict === 'granted' && what === 'correction' ? 'decide.correctedText' : 'decide.text')}
          rows={2}
        />
      )}
    </section>
  );
}
