import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Checkbox, Form } from 'antd';
import { useId, useState } from 'react';
import { type Control, useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import type { RestorationForm } from '../../contract/workstation/restoration.ts';
import { type Attachment, commitmentClauses } from '../../domain/restoration/index.ts';
import { type Signature, SignatureBox } from '../document/index.ts';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { base64Of } from '../kernel/components/file-text.ts';
import { ChoiceField } from '../kernel/components/choice-field.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { FormField, SelectField, SwitchField, TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { PhoneField } from '../kernel/components/typed-field.tsx';
import { DraftNotice, useDraft } from '../kernel/components/use-draft.tsx';
import { useWording } from '../kernel/components/wording.ts';
import { useToday } from '../kernel/kit/now.tsx';
import { RecordField } from '../kernel/kit/record-field.tsx';
import { FilesField } from './files-field.tsx';
import { MattersField } from './matters-field.tsx';
import { applicationOf, emptyForm, FileValues, formField, matterOf } from './values.ts';
import './restoration.css';

const DRAFT = 'restoration-new';

/** The form of a new application: the head once, the records that may be repaired, one set of materials, one signature. */
export function FilePage() {
  const { t } = useTranslation('restorations');
  const word = useWording();
  const { message, modal } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { staff } = useSession();
  const today = useToday();
  const [parameters] = useSearchParams();
  const formId = useId();
  const form = useForm<FileValues>({
    resolver: zodResolver(FileValues, undefined, { raw: true }),
    defaultValues: emptyForm(parameters.get('merchant')),
    mode: 'onTouched',
  });
  const { control } = form;
  const draft = useDraft(DRAFT, t('form.title'), form);
  const [merchantId, as, representative, matters] = useWatch({
    control,
    name: ['merchantId', 'as', 'representative', 'matters'],
  });
  const [signature, setSignature] = useState<Signature | null>(null);
  const [unsigned, setUnsigned] = useState(false);
  const begun = useQuery({
    queryKey: ['restorations', 'form', merchantId],
    queryFn: () => api.restorations.form({ merchantId: merchantId ?? '' }),
    enabled: merchantId !== null,
  });
  const save = useMutation({
    mutationFn: async (values: FileValues) => {
      const application =
        begun.data === undefined || signature === null
          ? null
          : applicationOf(draft.id, values, begun.data, {
              today,
              desk: !staff.capabilities.includes('shop.manage'),
              signature: await keptSignature(signature, `${t('proof.commitment')}.png`),
            });
      if (application === null) throw new Error('The form passed values that its own schema refuses');
      return api.restorations.file(application);
    },
    onSuccess: async ({ state }) => {
      await draft.discard();
      void queries.invalidateQueries({ queryKey: ['restorations'] });
      void message.success(t('form.saved', { number: state.number }));
      void navigate(`/restorations/${state.id}`, { replace: true });
    },
    onError: (error) => showFieldIssues(form, error, formField),
  });
  const { submit, loose } = useSubmit(form, (values) => {
    setUnsigned(signature === null);
    if (signature !== null) save.mutate(values);
  });
  const startOver = async (): Promise<void> => {
    await draft.discard();
    draft.resume();
    form.reset(emptyForm(null));
    setSignature(null);
  };
  return (
    <Page
      title={t('form.title')}
      actions={
        <Button
          onClick={() =>
            modal.confirm({
              title: t('form.discard'),
              content: t('form.discardText'),
              okText: t('form.discardYes'),
              cancelText: t('form.discardNo'),
              onOk: startOver,
            })
          }
        >
          {t('form.discard')}
        </Button>
      }
      primary={
        <Button type="primary" htmlType="submit" form={formId} loading={save.isPending}>
          {t('form.save')}
        </Button>
      }
    >
      <DraftNotice savedAt={draft.restored} draft={draft} onDiscard={() => void startOver()} />
      {save.error ? <ErrorNotice error={save.error} /> : null}
      {begun.error ? <ErrorNotice error={begun.error} kept={false} /> : null}
      <LooseIssues issues={loose} />
      <Form layout="vertical" component={false}>
        <form
          id={formId}
          data-primary
          aria-label={t('form.label')}
          noValidate
          onSubmit={(event) => void submit(event)}
          className="heshi-stack heshi-restoration-page"
        >
          <Head control={control} begun={begun.data} agent={as === 'agent'} />
          <Card size="small" title={<h2>{t('form.matters')}</h2>}>
            {begun.data === undefined ? (
              <p className="heshi-muted">{t('form.chooseMerchant')}</p>
            ) : (
              <MattersField control={control} begun={begun.data} />
            )}
          </Card>
          <Card size="small" title={<h2>{t('form.attachments')}</h2>}>
            <Materials control={control} earlier={begun.data?.attachments ?? []} />
          </Card>
          <Card size="small" title={<h2>{t('form.commitment')}</h2>}>
            <Clauses settings={begun.data?.settings} types={matters.map((key) => matterOf(key).type)} />
            <SwitchField control={control} name="publication" label={t('form.publication')} required />
            <SignatureBox
              title={t('form.signedBy')}
              name={representative}
              signed={signature !== null}
              problem={
                unsigned && signature === null ? word({ rule: 'restoration-commitment-unsigned' }) : null
              }
              onChange={setSignature}
            />
          </Card>
        </form>
      </Form>
    </Page>
  );
}

/** Keeps the picture of a signature, as one of the materials. */
async function keptSignature({ picture }: Signature, name: string): Promise<Attachment> {
  const kept = await api.restorations.keepFile({ name, base64: await base64Of(await picture()) });
  return { ...kept, kind: 'commitment', name };
}

/** What is committed to, as it will stand on the letters: the clauses of the types that were chosen. */
function Clauses({
  settings,
  types,
}: {
  settings: RestorationForm['settings'] | undefined;
  types: readonly string[];
}) {
  const { i18n } = useTranslation('restorations');
  const chinese = i18n.language.startsWith('zh');
  if (settings === undefined) return null;
  const { version } = settings.commitment;
  const chosen = types.length > 0 ? types : settings.types.slice(0, 1).map(({ code }) => code);
  const clauses = new Set(
    chosen.flatMap((type) => commitmentClauses(version, type).map(({ zh, en }) => (chinese ? zh : en))),
  );
  return (
    <ol className="heshi-restoration-clauses">
      {[...clauses].map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ol>
  );
}

function Head({
  control,
  begun,
  agent,
}: {
  control: Control<FileValues>;
  begun: RestorationForm | undefined;
  agent: boolean;
}) {
  const { t } = useTranslation('restorations');
  return (
    <Card size="small" title={<h2>{t('form.head')}</h2>}>
      <div className="heshi-grid">
        <RecordField
          control={control}
          name="merchantId"
          label={t('form.merchant')}
          required
          multiple={false}
          find={async (search) =>
            (await api.merchants.list({ limit: 20, ...(search === '' ? {} : { search }) })).items.map(
              (one) => ({
                value: one.id,
                label: one.name,
              }),
            )
          }
        />
        <SelectField
          control={control}
          name="windowPath"
          label={t('form.window')}
          required
          options={(begun?.windows ?? []).map(({ path, name }) => ({ value: path, label: name }))}
        />
      </div>
      <div className="heshi-grid">
        <TextField control={control} name="representative" label={t('form.representative')} required />
        <PhoneField control={control} name="phone" label={t('form.phone')} required />
      </div>
      <ChoiceField
        control={control}
        name="as"
        label={t('form.as')}
        options={[
          { value: 'self', label: t('form.asSelf') },
          { value: 'agent', label: t('form.asAgent') },
        ]}
        required
      />
      {agent ? (
        <div className="heshi-grid">
          <TextField control={control} name="handler" label={t('form.handler')} required />
          <TextField control={control} name="authority" label={t('form.authority')} required />
        </div>
      ) : null}
    </Card>
  );
}

function Materials({ control, earlier }: { control: Control<FileValues>; earlier: readonly Attachment[] }) {
  const { t } = useTranslation('restorations');
  return (
    <FormField
      control={control}
      name="attachments"
      label={t('form.attachments')}
      help={t('form.attachmentsHint')}
    >
      {({ id, value, onChange, ref }) => {
        const held = Array.isArray(value) ? (value as Attachment[]) : [];
        const left = earlier.filter(({ sha256 }) => !held.some((one) => one.sha256 === sha256));
        return (
          <div id={id} ref={ref} tabIndex={-1} className="heshi-stack-s">
            {left.length === 0 ? null : (
              <div>
                {t('form.earlier')}
                {left.map((one) => (
                  <div key={one.sha256}>
                    <Checkbox checked={false} onChange={() => onChange([...held, one])}>
                      {t(`proof.${one.kind}`)} · {one.name}
                    </Checkbox>
                  </div>
                ))}
              </div>
            )}
            <FilesField value={held} onChange={onChange} />
          </div>
        );
      }}
    </FormField>
  );
}
