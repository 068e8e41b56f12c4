import { useQuery } from '@tanstack/react-query';
import { Button, Card, Form, Input, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { WaitNotice } from './wait-notice.tsx';
import { LanguageSwitch } from '../kernel/components/language-switch.tsx';

/** Choose a person of this workstation, type the password. Works with no network. */
export function SignInForm({ onEntered }: { onEntered: () => Promise<void> }) {
  const { t } = useTranslation('session');
  const common = useTranslation('common');
  const people = useQuery({ queryKey: ['session', 'people'], queryFn: () => api.session.people() });
  const [chosen, setChosen] = useState<string>();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const only = people.data?.length === 1 ? people.data[0]?.staffId : undefined;
  const staffId = chosen ?? only;
  const wait = error === null ? null : asApiError(error).waitSeconds;

  const enter = async (): Promise<void> => {
    if (staffId === undefined) return;
    setBusy(true);
    setError(null);
    try {
      await api.session.signIn({ staffId, password });
      setPassword('');
      await onEntered();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form layout="vertical" onFinish={() => void enter()} requiredMark={false}>
      {wait !== null ? (
        <WaitNotice seconds={wait} onOver={() => setError(null)} />
      ) : error ? (
        <ErrorNotice error={error} kept={false} />
      ) : null}
      <Form.Item label={t('signIn.person')} htmlFor="sign-in-person">
        <Select
          id="sign-in-person"
          aria-label={t('signIn.person')}
          value={staffId ?? null}
          onChange={(value) => setChosen(value ?? undefined)}
          showSearch={{ optionFilterProp: 'label' }}
          loading={people.isLoading}
          options={people.data?.map((person) => ({
            value: person.staffId,
            label: `${person.name} · ${common.t(`role.${person.role}`)}`,
          }))}
        />
      </Form.Item>
      <Form.Item label={t('signIn.password')} htmlFor="sign-in-password">
        <Input.Password
          id="sign-in-password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Form.Item>
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={busy}
        disabled={!staffId || password === '' || wait !== null}
      >
        {t('signIn.submit')}
      </Button>
    </Form>
  );
}

/** The workstation's front door. */
export function SignInPage({ onEntered }: { onEntered: () => Promise<void> }) {
  const { t } = useTranslation('session');
  const session = useQuery({ queryKey: ['session'], queryFn: () => api.session.state() });
  return (
    <main className="heshi-centred">
      <Card className="heshi-gate">
        <Typography.Title level={1} className="heshi-gate-title">
          {t('title')}
        </Typography.Title>
        <p>
          {t('subtitle')} · {session.data?.enrolment?.unit?.name}
        </p>
        <h2 className="heshi-section-title">{t('signIn.title')}</h2>
        <SignInForm onEntered={onEntered} />
        <div className="heshi-above-l">
          <LanguageSwitch />
        </div>
      </Card>
    </main>
  );
}
