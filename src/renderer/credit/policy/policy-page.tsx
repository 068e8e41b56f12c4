import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Popconfirm, Skeleton } from 'antd';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { PolicyAtHand } from '../../../contract/workstation/credit.ts';
import { type CheckedPolicy, checkPolicy, type CreditPolicy } from '../../../domain/credit/index.ts';
import { api } from '../../kernel/api/client.ts';
import { EmptyState } from '../../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../../kernel/components/error-notice.tsx';
import { Page } from '../../kernel/components/page.tsx';
import { DraftNotice, useDraft } from '../../kernel/components/use-draft.tsx';
import { useWording } from '../../kernel/components/wording.ts';
import { PolicyChanges } from './policy-changes.tsx';
import { PolicyFields } from './policy-fields.tsx';
import { useFieldWords } from './field-words.ts';
import '../credit.css';

/** The regulator's editor of the credit policy: what is typed is checked at once, compared at the centre, then published. */
export function CreditPolicyPage() {
  const { t } = useTranslation('credit');
  const hand = useQuery({ queryKey: ['credits', 'policy'], queryFn: () => api.credits.policy() });
  return hand.data ? (
    <Editor key={hand.data.last.version} hand={hand.data} />
  ) : (
    <Page title={t('policyPage.title')}>
      {hand.error ? <ErrorNotice error={hand.error} kept={false} /> : <Skeleton active />}
    </Page>
  );
}

function Editor({ hand }: { hand: PolicyAtHand }) {
  const { t } = useTranslation('credit');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { last, today, here } = hand;
  const defaultValues: CreditPolicy = { ...last.policy, effectiveFrom: '' };
  const form = useForm<CreditPolicy>({ defaultValues });
  const draft = useDraft('credit-policy', t('policyPage.title'), form);
  const values = useWatch({ control: form.control }) as CreditPolicy;
  const { faults } = checkPolicy(
    values,
    { version: last.version, effectiveFrom: last.policy.effectiveFrom },
    today,
  );
  const typed = JSON.stringify(values);
  /** What was compared last, so that what is published is what was looked at. */
  const [compared, setCompared] = useState<string | null>(null);
  const compare = useMutation({
    mutationFn: (policy: string) => api.credits.sendPolicy({ policy: JSON.parse(policy), dryRun: true }),
    onSuccess: (_, policy) => setCompared(policy),
  });
  const publish = useMutation({
    mutationFn: (policy: string) => api.credits.sendPolicy({ policy: JSON.parse(policy), dryRun: false }),
    onSuccess: async ({ version }) => {
      await draft.discard();
      void message.success(t('policyPage.published', { version }));
      await queries.invalidateQueries({ queryKey: ['credits'] });
    },
  });
  const isCompared = compared === typed && compare.data !== undefined;
  if (!here)
    return (
      <Page title={t('policyPage.title')}>
        <EmptyState title={t('policyPage.elsewhere')} text={t('policyPage.elsewhereText')} />
      </Page>
    );
  return (
    <Page
      title={t('policyPage.title')}
      actions={
        <Button
          type={isCompared ? 'default' : 'primary'}
          disabled={faults.length > 0}
          loading={compare.isPending}
          onClick={() => compare.mutate(typed)}
        >
          {t('policyPage.compare')}
        </Button>
      }
      primary={
        isCompared ? (
          <Popconfirm
            title={t('policyPage.confirm', { version: last.version + 1, day: values.effectiveFrom })}
            okText={t('policyPage.publish')}
            cancelText={t('cancel')}
            onConfirm={() => publish.mutate(typed)}
          >
            <Button type="primary" loading={publish.isPending}>
              {t('policyPage.publish')}
            </Button>
          </Popconfirm>
        ) : undefined
      }
    >
      <p className="heshi-flush-top">
        {t('policyPage.text', { version: last.version, current: hand.current })}
      </p>
      <DraftNotice
        savedAt={draft.restored}
        draft={draft}
        onDiscard={() => {
          void draft.discard().then(() => {
            form.reset(defaultValues);
            draft.resume();
          });
        }}
      />
      {(compare.error ?? publish.error) ? <ErrorNotice error={compare.error ?? publish.error} /> : null}
      <Faults policy={values} faults={faults} />
      {isCompared && compare.data ? <PolicyChanges answer={compare.data} /> : null}
      <Form layout="vertical" component={false}>
        <form noValidate aria-label={t('policyPage.title')} onSubmit={(event) => event.preventDefault()}>
          <PolicyFields control={form.control} values={values} faults={faults} />
        </form>
      </Form>
    </Page>
  );
}

/** Everything that is wrong with what is typed, each with its field and rule. */
function Faults({ policy, faults }: { policy: CreditPolicy; faults: CheckedPolicy['faults'] }) {
  const { t } = useTranslation('credit');
  const word = useWording();
  const nameOf = useFieldWords(policy);
  if (faults.length === 0) return <Alert type="success" showIcon title={t('policyPage.sound')} />;
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title={t('policyPage.faults', { count: faults.length })}
      description={
        <ul className="heshi-flush" aria-label={t('policyPage.faultsLabel')}>
          {faults.map(({ field = '', rule, parameters }) => (
            <li key={`${field} ${rule}`}>
              {t('policyPage.fault', {
                field: nameOf(field),
                rule: word({ rule, ...(parameters === undefined ? {} : { parameters }) }),
              })}
            </li>
          ))}
        </ul>
      }
    />
  );
}
