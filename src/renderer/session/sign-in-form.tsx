import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { WaitNotice } from './wait-notice.tsx';

/**
 * Choose a person of this workstation, type the password, or the PIN where it helps. Works with no network. `person` is who is
 * proposed; null where somebody is to be chosen.
 */
export function SignInForm({
  onEntered,
  person = null,
  submit,
}: {
  onEntered: () => Promise<void>;
  person?: string | null;
  submit?: string;
}) {
  const { t } = useTranslation('session');
  const common = useTranslation('common');
  const people = useQuery({ queryKey: ['session', 'people'], queryFn: () => api.session.people() });
  const [chosen, setChosen] = useState<string>();
  const [secret, setSecret] = useState('');
  const [byPassword, setByPassword] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const only = people.data?.length === 1 ? people.data[0]?.staffId : undefined;
  const staffId = chosen ?? person ?? only;
  const hasPin = people.data?.find((one) => one.staffId === staffId)?.pin === true;
  const byPin = hasPin && !byPassword;
  const wait = error === null ? null : (asApiError(error).figures['seconds'] ?? null);

  const enter = async (): Promise<void> => {
    if (staffId === undefined) return;
    setBusy(true);
    setError(null);
    try {
      if (byPin) await api.session.pinSignIn({ staffId, pin: secret });
      else await api.session.signIn({ staffId, password: secret });
      setSecret('');
      await onEntered();
    } catch (failure) {
      // With the message, and nothing is waited for: whoever reads it types and enters at once, and nothing of that is to go.
      setSecret('');
      setError(failure);
      // Too many wrong PINs: the field is the password's from now on.
      if (byPin) void people.refetch();
    } finally {
      setBusy(false);
    }
  };
  const label = byPin ? t('signIn.pin') : t('signIn.password');
  return (
    <Form layout="vertical" onFinish={() => void enter()} requiredMark={false}>
      {wait !== null ? (
        <WaitNotice key={wait} seconds={wait} onOver={() => setError(null)} />
      ) : error ? (
        <ErrorNotice error={error} kept={false} />
      ) : null}
      <Form.Item label={t('signIn.person')} htmlFor="sign-in-person">
        <Select
          id="sign-in-person"
          aria-label={t('signIn.person')}
          value={staffId ?? null}
          onChange={(value) => {
            setChosen(value ?? undefined);
            setByPassword(false);
            setError(null);
          }}
          // Behind a lock nothing else of the page is seen, the page's own lists neither.
          getPopupContainer={(trigger: HTMLElement) => trigger.parentElement ?? document.body}
          showSearch={{ optionFilterProp: 'label' }}
          loading={people.isLoading}
          options={people.data?.map((one) => ({
            value: one.staffId,
            label: `${one.name} · ${common.t(`role.${one.role}`)}`,
          }))}
        />
      </Form.Item>
      <Form.Item
        label={label}
        htmlFor="sign-in-secret"
        extra={
          hasPin ? (
            <Button type="link" size="small" onClick={() => setByPassword(byPin)}>
              {byPin ? t('signIn.byPassword') : t('signIn.byPin')}
            </Button>
          ) : null
        }
      >
        <Input.Password
          id="sign-in-secret"
          autoComplete={byPin ? 'off' : 'current-password'}
          {...(byPin ? { inputMode: 'numeric' as const, maxLength: 8 } : {})}
          value={secret}
          onChange={(event) => setSecret(event.target.value)}
        />
      </Form.Item>
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={busy}
        disabled={!staffId || secret === '' || wait !== null}
      >
        {submit ?? t('signIn.submit')}
      </Button>
    </Form>
  );
}
