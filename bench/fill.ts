import { applyFeedPage } from '../src/main/kernel/store/index.ts';
import { actorAt, registration } from '../tests/support/facts.ts';
import { foreignEvent, type TestWorkstation } from '../tests/support/workstation.ts';
import { personName, phoneNumber } from '../tools/world/names.ts';
import { createRandom } from '../tools/world/random.ts';

const PAGE = 2000;

/** Fills a workstation with so many cases, as pages of its feed: half of them closed, a quarter held by eight invented people. */
export async function fillWithCases(workstation: TestWorkstation, count: number): Promise<void> {
  const random = createRandom(7);
  const { store, directory } = workstation.running.parts;
  const actor = actorAt(workstation.unitPath);
  const supervisor = actorAt(workstation.unitPath, 'supervisor');
  const over = { actor, device: 'device-bench', unitPath: workstation.unitPath };
  for (let done = 0; done < count;) {
    const items = [];
    for (; items.length < PAGE && done < count; done += 1) {
      const id = `bench-case-${done}`;
      const at = new Date(Date.UTC(2026, 0, 1) + done * 60_000).toISOString();
      const payload = registration({
        number: `M01-2026-1-${String(done).padStart(6, '0')}`,
        consumer: { name: personName(random), phone: phoneNumber(random) },
        facts: { text: '【虚构示例】大衣掉色，要求退款。', occurredOn: '2025-12-20' },
      });
      items.push(
        workstation.feed.item(foreignEvent('case', id, 'case-registered', payload, { ...over, at })),
      );
      if (done % 4 === 1) {
        const held = { staffId: `bench-staff-${(done >> 2) % 8}`, name: personName(random) };
        const assigned = { ...over, actor: supervisor, at };
        items.push(workstation.feed.item(foreignEvent('case', id, 'case-assigned', held, assigned)));
      }
      if (done % 2 === 0) {
        const withdrawn = { reason: '撤回' };
        items.push(
          workstation.feed.item(foreignEvent('case', id, 'case-withdrawn', withdrawn, { ...over, at })),
        );
        const closed = { satisfaction: 'unknown' };
        items.push(workstation.feed.item(foreignEvent('case', id, 'case-closed', closed, { ...over, at })));
      }
    }
    const page = { items, head: workstation.feed.head(), centreTime: new Date().toISOString() };
    await store.write((writer) => applyFeedPage(writer, page, directory));
  }
}
