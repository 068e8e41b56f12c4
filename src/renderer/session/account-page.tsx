import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Form, Input, Space } from 'antd';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { LEAST_PASSWORD } from '../../domain/organisation/index.ts';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { FormField, type FormValues, type FieldProps } from '../kernel/components/field.tsx';
import { showFieldIssues, useSubmit } from '../kernel/components/form-errors.ts';
import { LooseIssues } from '../kernel/components/issue-notice.tsx';
import { Page } from '../kernel/components/page.tsx';

/** What nobody beside the person should read. */
function SecretField<Values extends FormValues>({
  figures = false,
  fresh = false,
  ...props
}: FieldProps<Values> & { figures?: boolean; fresh?: boolean }) {
  return (
    <FormField {...props}>
      {({ value, onChange, status, id, onBlur, ref, aria }) => (
        <Input.Password
          {...aria}
          id={id}
          ref={ref}
          status={status}
          onBlur={onBlur}
          autoComplete={fresh ? 'new-password' : 'current-password'}
          {...(figures ? { inputMode: 'numeric' as const, maxLength: 8 } : {})}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FormField>
  );
}

const NewPassword = z
  .object({
    password: z.string().min(1, { error: 'required' }),
    next: z.string().min(LEAST_PASSWORD, { error: 'password-short' }).max(200),
    again: z.string(),
  })
  .refine(({ next, again }) => next === again, { path: ['again'], error: 'password-differs' });

const NewPin = z.object({
  password: z.string().min(1, { error: 'required' }),
  pin: z.string().regex(/^\d{4,8}$/, { error: 'pin-form' }),
});

function PasswordCard() {
  const { t } = useTranslation('session');
  const { message } = App.useApp();
  const [error, setError] = useState<unknown>(null);
  const form = useForm({
    resolver: zodResolver(NewPassword),
    defaultValues: { password: '', next: '', again: '' },
  });
  const { submit, loose } = useSubmit(form, async ({ password, next }) => {
    setError(null);
    try {
      await api.session.changePassword({ password, next });
      form.reset();
      void message.success(t('account.changed'));
    } catch (failure) {
      if (!showFieldIssues(form, failure)) setError(failure);
    }
  });
  return (
    <Card size="small" title={<h2>{t('account.password')}</h2>}>
      <p className="heshi-muted">{t('account.passwordText')}</p>
      {error ? <ErrorNotice error={error} kept={false} /> : null}
      <Form layout="vertical" onFinish={() => void submit()}>
        <LooseIssues issues={loose} />
        <SecretField control={form.control} name="password" label={t('account.old')} required />
        <SecretField control={form.control} name="next" label={t('account.next')} required fresh />
        <SecretField control={form.control} name="again" label={t('account.again')} required fresh />
        <Button type="primary" htmlType="submit" loading={form.formState.isSubmitting}>
          {t('account.change')}
        </Button>
      </Form>
    </Card>
  );
}

function PinCard() {
  const { t } = useTranslation('session');
  const { state } = useSession();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const form = useForm({ resolver: zodResolver(NewPin), defaultValues: { password: '', pin: '' } });
  const keep = async (password: string, pin: string | null): Promise<void> => {
    setError(null);
    try {
      await api.session.setPin({ password, pin });
      form.reset();
      await queries.invalidateQueries({ queryKey: ['session'] });
      void message.success(pin === null ? t('account.pinRemoved') : t('account.pinDone'));
    } catch (failure) {
      if (!showFieldIssues(form, failure)) setError(failure);
    }
  };
  const { submit, loose } = useSubmit(form, ({ password, pin }) => keep(password, pin));
  const remove = async (): Promise<void> => {
    if (await form.trigger('password')) await keep(form.getValues('password'), null);
  };
  return (
    <Card size="small" title={<h2>{t('account.pin')}</h2>}>
      <p className="heshi-muted">{t('account.pinText')}</p>
      <p role="status">{state.pin ? t('account.pinSet') : t('account.pinNone')}</p>
      {error ? <ErrorNotice error={error} kept={false} /> : null}
      <Form layout="vertical" onFinish={() => void submit()}>
        <LooseIssues issues={loose} />
        <SecretField control={form.control} name="password" label={t('account.current')} required />
        <SecretField control={form.control} name="pin" label={t('account.newPin')} required figures fresh />
        <Space>
          <Button htmlType="submit" loading={form.formState.isSubmitting}>
            {t('account.setPin')}
          </Button>
          {state.pin ? <Button onClick={() => void remove()}>{t('account.removePin')}</Button> : null}
        </Space>
      </Form>
    </Card>
  );
}

/** What people keep of their own account at this workstation. */
export function AccountPage() {
  const { t } = useTranslation('session');
  return (
    <Page title={t('account.title')}>
      <div className="heshi-account">
        <PasswordCard />
        <PinCard />
      </div>
    </Page>
  );
}
