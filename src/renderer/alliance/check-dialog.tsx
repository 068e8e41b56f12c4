import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Checkbox, Form, Modal } from 'antd';
import { useId, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import type { AllianceDetail, CheckAnswer, DiscountView } from '../../contract/workstation/alliance.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { FormField, TextField } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { textNeeded } from '../kernel/components/typed-values.ts';
import { exactTime } from '../kernel/components/when.tsx';
import { useOffWords, useRuleWords } from './wordings.ts';

/** Nothing of it goes into a draft: what is typed here is kept nowhere. */
const Typed = z.object({ citizenId: textNeeded(60), consented: z.boolean() });
type Typed = z.infer<typeof Typed>;

/** The check of one citizen: the number, the text that they agree to, and yes or no. */
export function CheckDialog({
  detail: { state, rules },
  discount,
  onClose,
}: {
  detail: AllianceDetail;
  discount: DiscountView;
  onClose: () => void;
}) {
  const { t } = useTranslation('alliance');
  const say = useRuleWords();
  const offWords = useOffWords();
  const queries = useQueryClient();
  const formId = useId();
  // Another citizen is another check; the same one again, after a lost answer, is not.
  const [checkId, setCheckId] = useState(() => uuidv7());
  const form = useForm<Typed>({
    resolver: zodResolver(Typed, undefined, { raw: true }),
    defaultValues: { citizenId: '', consented: false },
  });
  const asking = useMutation({
    mutationFn: (typed: Typed) =>
      api.alliance.check({ id: state.id, checkId, discountId: discount.discountId, ...typed }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['alliance', 'get', state.id] }),
    onError: (error) => showFieldIssues(form, error),
  });
  const { submit, loose } = useSubmit(form, (typed) => asking.mutate(typed));
  const checked = asking.data?.kind === 'checked';
  const next = (): void => {
    setCheckId(uuidv7());
    asking.reset();
    form.reset();
  };
  return (
    <Modal
      open
      title={t('check.do')}
      okText={t(checked ? 'check.again' : 'check.submit')}
      cancelText={t('check.close')}
      okButtonProps={
        checked ? { onClick: next } : { htmlType: 'submit', form: formId, loading: asking.isPending }
      }
      onCancel={onClose}
    >
      <p>
        {discount.what} · {offWords(discount.off)}
        {discount.forWhom ? ` · ${say(discount.forWhom)}` : ''}
      </p>
      {asking.error ? <ErrorNotice error={asking.error} /> : null}
      {asking.data ? <Answer answer={asking.data} /> : null}
      <LooseIssues issues={loose} />
      {checked ? null : (
        <Form layout="vertical" component={false}>
          <form id={formId} noValidate aria-label={t('check.do')} onSubmit={(event) => void submit(event)}>
            <TextField
              control={form.control}
              name="citizenId"
              label={t('check.citizenId')}
              help={t('check.citizenIdHint')}
              required
            />
            <FormField control={form.control} name="consented" label={t('check.consentTitle')} required>
              {({ id, value, onChange, ref, aria }) => (
                <>
                  <p>{say(rules.consent)}</p>
                  <Checkbox
                    {...aria}
                    id={id}
                    ref={ref}
                    checked={value === true}
                    onChange={(event) => onChange(event.target.checked)}
                  >
                    {t('check.consent')}
                  </Checkbox>
                </>
              )}
            </FormField>
          </form>
        </Form>
      )}
    </Modal>
  );
}

/** Yes or no with the version of the rules and the time; or why there was no check. */
function Answer({ answer }: { answer: CheckAnswer }) {
  const { t } = useTranslation('alliance');
  if (answer.kind === 'not-checked')
    return (
      <Alert
        type="warning"
        showIcon
        role="status"
        title={t(`check.reason.${answer.reason}`)}
        description={t('check.notKept')}
      />
    );
  const { qualifies, rulesVersion: version, at } = answer;
  return (
    <Alert
      type={qualifies ? 'success' : 'info'}
      showIcon
      role="status"
      title={t(qualifies ? 'check.yes' : 'check.no')}
      description={t('check.told', { version, at: exactTime(at) })}
    />
  );
}
