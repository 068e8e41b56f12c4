import { createContext, useContext } from 'react';
import type { SessionState, SignedIn } from '../../../contract/workstation/session.ts';

export type Session = {
  state: SessionState;
  staff: SignedIn;
  signOut(): Promise<void>;
  /** Closes the window to all eyes; `shift` where the next person takes over. */
  lock(shift: boolean): Promise<void>;
};

/** Who is signed in; `SessionGate` gives it. */
export const SessionContext = createContext<Session | null>(null);

/** Who is signed in at this workstation. @throws Error outside `SessionGate` */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession outside SessionGate');
  return session;
}
