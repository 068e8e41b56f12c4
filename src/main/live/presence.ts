import type { CasePresence } from '../../contract/workstation/live.ts';
import { loadState } from '../kernel/store/index.ts';
import type { StaffContext } from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';

/** Who else has the case open, now and at every change, until the window goes away. @throws NOT_FOUND out of sight */
async function* watch(
  context: StaffContext,
  caseId: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<CasePresence> {
  const { workstation } = context;
  const { staffId, name, unitPath } = context.staff;
  if ((await loadState(workstation.store.read, 'case', caseId)) === undefined)
    throw serviceError('NOT_FOUND');
  let wake: () => void = () => undefined;
  let latest: CasePresence | null = null;
  const opened = workstation.presence.open(
    caseId,
    { staffId, name, unitName: workstation.directory.nameOf(unitPath) },
    (others) => {
      latest = { others };
      wake();
    },
  );
  let gone = false;
  const stop = (): void => wake();
  // Nobody is at work on it whose window is locked, or who has been signed out.
  const moved = (): void => {
    const { client } = context;
    gone ||= client.staff?.staffId !== staffId || client.locked !== null;
    wake();
  };
  context.client.listeners.add(moved);
  signal?.addEventListener('abort', stop);
  try {
    while (!signal?.aborted && !gone) {
      if (latest !== null) {
        const next: CasePresence = latest;
        latest = null;
        yield next;
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    context.client.listeners.delete(moved);
    opened.close();
  }
}

export const presence = {
  watch: os.presence.watch.handler(({ context, input, signal }) => watch(context, input.caseId, signal)),
};
