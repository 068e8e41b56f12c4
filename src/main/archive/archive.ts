import { ORPCError } from '@orpc/client';
import { centreErrors } from '../../contract/centre/index.ts';
import { ArchiveSearch } from '../../contract/centre/archive.ts';
import type { ArchiveAnswer, ArchivedDetail, NotAsked } from '../../contract/workstation/archive.ts';
import type { TimelineEntry } from '../../contract/workstation/case.ts';
import { confirmationDeadline, type CaseState } from '../../domain/case/index.ts';
import { calendarAt } from '../../domain/procedure/index.ts';
import { normaliseTyped } from '../../domain/kernel/text/normalise.ts';
import { CentreError } from '../kernel/sync/centre-link.ts';
import type { StaffContext } from '../kernel/parts.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';
import { caseHistory } from '../case/index.ts';
import { procedureOfCase } from '../procedure/index.ts';
import { entryOf } from '../kernel/timeline.ts';

/** A person waits in front of the desk: a line that is that slow counts as none. */
const ANSWERS_WITHIN_MS = 8_000;

/** What a failed question is to the person who asked. @throws what is no failure of the centre's, and NOT_FOUND */
function notAsked(error: unknown): NotAsked {
  if (!(error instanceof CentreError)) throw error;
  if (error.code === 'UNREACHABLE') return { kind: 'not-asked', reason: 'offline' };
  if (error.code === 'ARCHIVED_UNKNOWN') throw serviceError('NOT_FOUND');
  if (error.code === 'TOO_MANY_QUESTIONS' && error.cause instanceof ORPCError) {
    const read = centreErrors.TOO_MANY_QUESTIONS.data.safeParse(error.cause.data);
    if (read.success) return { kind: 'not-asked', reason: 'too-often', ...read.data };
  }
  return { kind: 'not-asked', reason: 'refused' };
}

async function search(
  context: StaffContext,
  input: { by: ArchiveSearch['by']; text: string },
): Promise<ArchiveAnswer> {
  const { staffId } = context.staff;
  const link = context.workstation.link();
  if (link === null) return { kind: 'not-asked', reason: 'offline' };
  const question = ArchiveSearch.safeParse({ ...input, text: normaliseTyped(input.text), staffId });
  if (!question.success) {
    throw serviceError('RULE', { rule: 'archive-text-short', field: 'text' });
  }
  try {
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    const { cases, more } = await link.call((client) => client.archive.search(question.data, { signal }));
    return { kind: 'found', cases, more };
  } catch (error) {
    return notAsked(error);
  }
}

async function open(context: StaffContext, id: string): Promise<ArchivedDetail> {
  const { staffId } = context.staff;
  const { workstation } = context;
  const link = workstation.link();
  if (link === null) return { kind: 'not-asked', reason: 'offline' };
  try {
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    const file = await link.call((client) => client.archive.open({ id, staffId }, { signal }));
    // The centre's reducers made it of the same facts; it is shown, and nothing is built on it.
    const state = JSON.parse(file.state) as CaseState;
    const timeline = caseHistory(
      file.items.map(({ event, status }): TimelineEntry => entryOf(workstation, event, status)),
    );
    return {
      kind: 'opened',
      timeline,
      facts: {
        state,
        summary: { handlingName: workstation.directory.nameOf(state.handlingPath) },
        joinedNames: (state.joinedUnits ?? []).map((path) => workstation.directory.nameOf(path)),
        confirmation: confirmationDeadline(
          state,
          calendarAt(workstation.directory.rules(), state.registeredPath),
          procedureOfCase(workstation, state),
        ),
        linkedReturn: null,
      },
    };
  } catch (error) {
    return notAsked(error);
  }
}

/** Looks for cases closed long ago where they are: at the centre, which checks and logs who asks. */
export const archive = {
  search: os.archive.search.handler(({ context, input }) => search(context, input)),
  open: os.archive.open.handler(({ context, input }) => open(context, input.id)),
};
