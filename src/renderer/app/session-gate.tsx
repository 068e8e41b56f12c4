import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Spin } from 'antd';
import { Fragment, useCallback, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignedIn } from '../../contract/workstation/session.ts';
import { api, onShutOut } from '../kernel/api/client.ts';
import { SessionContext, type Session } from '../kernel/app/session.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { StartScreen } from '../repair/start-screen.tsx';
import { EnrolmentPage } from '../session/enrolment-page.tsx';
import { LockScreen } from '../session/lock-screen.tsx';
import { SignInPage } from '../session/sign-in-page.tsx';
import { useActivity } from '../session/use-activity.ts';

/**
 * Shows enrolment, then sign-in, then the workstation. When the window is locked, or the program behind it was started anew,
 * the page stays below the lock with what was typed; it goes when somebody else signs in, or its person's session was ended.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const common = useTranslation('common');
  const queries = useQueryClient();
  const state = useQuery({
    queryKey: ['session'],
    queryFn: () => api.session.state(),
    refetchInterval: (query) => (query.state.data?.enrolment && !query.state.data.ready ? 1500 : false),
  });
  const [last, setLast] = useState<SignedIn | null>(null);
  /** Whose answers are kept in this window. */
  const [owner, setOwner] = useState<string | null>(null);
  const [shift, setShift] = useState(false);
  const staff = state.data?.staff ?? null;
  const ended = (state.data?.ended ?? null) !== null;
  const locked = (state.data?.locked ?? null) !== null;
  const forget = useCallback(
    () => queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' }),
    [queries],
  );
  // However it was heard that somebody else is here: nothing that one person saw is shown to the next, not even for a moment.
  // The page before has gone by then, and the next is not there yet.
  useEffect(() => {
    if (staff === null) return;
    if (staff.staffId !== owner) {
      forget();
      if (last !== null && last.staffId !== staff.staffId) location.hash = '#/';
      setOwner(staff.staffId);
    }
    setLast(staff);
  }, [staff, owner, last, forget]);
  useEffect(() => {
    if (!ended) return;
    setLast(null);
    forget();
  }, [ended, forget]);

  // Any answer "not signed in" or "locked", to a question or to a command: ask who is there.
  useEffect(
    () => onShutOut(() => void queries.invalidateQueries({ queryKey: ['session'], exact: true })),
    [queries],
  );
  useActivity(staff !== null && !locked);

  const entered = async (): Promise<void> => {
    const next = await api.session.state();
    setShift(false);
    queries.setQueryData(['session'], next);
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
  if (state.data.damaged) return <StartScreen />;
  if (state.data.enrolment === null || !state.data.ready) return <EnrolmentPage state={state.data} />;
  const shown = staff ?? (ended ? null : last);
  if (shown === null) return <SignInPage state={state.data} onEntered={entered} />;
  const session: Session = {
    state: state.data,
    staff: shown,
    lock: async (change) => {
      setShift(change);
      await api.session.lock();
      await queries.invalidateQueries({ queryKey: ['session'], exact: true });
    },
    signOut: async () => {
      await api.session.signOut();
      setLast(null);
      await queries.invalidateQueries({ queryKey: ['session'] });
      forget();
    },
  };
  return (
    <SessionContext value={session}>
      {shown.staffId === owner ? <Fragment key={owner}>{children}</Fragment> : null}
      {staff === null || locked ? (
        <LockScreen state={state.data} last={shown} shift={shift} onShift={setShift} onEntered={entered} />
      ) : null}
    </SessionContext>
  );
}
