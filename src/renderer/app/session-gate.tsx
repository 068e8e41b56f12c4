import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Modal, Spin } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignedIn } from '../../contract/workstation/session.ts';
import { api, onSignedOut } from '../kernel/api/client.ts';
import { SessionContext, type Session } from '../kernel/app/session.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { EnrolmentPage } from '../session/enrolment-page.tsx';
import { SignInForm, SignInPage } from '../session/sign-in-page.tsx';

/**
 * Shows enrolment, then sign-in, then the workstation. When a session ends while someone is at work, sign-in opens
 * over the page: the form below stays mounted with what was typed.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const { t } = useTranslation('session');
  const common = useTranslation('common');
  const queries = useQueryClient();
  const state = useQuery({
    queryKey: ['session'],
    queryFn: () => api.session.state(),
    refetchInterval: (query) => (query.state.data?.enrolment && !query.state.data.ready ? 1500 : false),
  });
  const [last, setLast] = useState<SignedIn | null>(null);
  const staff = state.data?.staff ?? null;
  useEffect(() => {
    if (staff !== null) setLast(staff);
  }, [staff]);

  // Any answer "not signed in", to a question or to a command, means that the session is gone: ask who is there.
  useEffect(
    () => onSignedOut(() => void queries.invalidateQueries({ queryKey: ['session'], exact: true })),
    [queries],
  );

  const entered = async (): Promise<void> => {
    await queries.invalidateQueries();
  };

  if (state.error && !state.data) {
    return (
      <main className="heshi-page">
        <ErrorNotice
          error={state.error}
          kept={false}
          action={<Button onClick={() => void state.refetch()}>{common.t('action.retry')}</Button>}
        />
      </main>
    );
  }
  if (!state.data) return <Spin fullscreen />;
  if (state.data.enrolment === null || !state.data.ready) return <EnrolmentPage state={state.data} />;
  const shown = staff ?? last;
  if (shown === null) return <SignInPage onEntered={entered} />;
  const session: Session = {
    state: state.data,
    staff: shown,
    signOut: async () => {
      await api.session.signOut();
      setLast(null);
      await queries.invalidateQueries({ queryKey: ['session'] });
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    },
  };
  return (
    <SessionContext value={session}>
      {children}
      <Modal open={staff === null} closable={false} footer={null} keyboard={false} title={t('expired')}>
        <p>{t('expiredText')}</p>
        <SignInForm onEntered={entered} />
      </Modal>
    </SessionContext>
  );
}
