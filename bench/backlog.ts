import { appendLocal, type NewFact } from '../src/main/kernel/store/index.ts';
import type { Workstation } from '../src/main/workstation.ts';
import { actorAt, registration } from '../tests/support/facts.ts';
import { AT, BACKLOG, BATCH, UNIT } from './pusher.ts';

/** Records a backlog of registered cases at an enrolled workstation of the test district's first mall. */
export async function recordBacklog({ parts }: Workstation, round: number): Promise<void> {
  const actor = { ...actorAt(UNIT), staffId: 'mediator-mall' };
  const context = { device: parts.identity()?.deviceId ?? '', actor, unitPath: UNIT, at: AT };
  for (let done = 0; done < BACKLOG; done += BATCH) {
    const facts = Array.from({ length: BATCH }, (_, index): NewFact => ({
      stream: { kind: 'case', id: `push-${round}-${done + index}` },
      type: 'case-registered',
      version: 1,
      payload: registration(),
    }));
    await parts.store.write((writer) => appendLocal(writer, context, facts, parts.directory));
  }
}
