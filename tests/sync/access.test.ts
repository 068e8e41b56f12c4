import { readXlsx } from 'hucre/xlsx';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { CIRCLE, MALL, SECOND_MALL, SHOP } from '../central/setting.ts';
import { useWorkstations } from '../support/live-workstations.ts';
import { caseInput } from '../support/workstation.ts';

const given = useWorkstations();

it('who looked at a consumer’s data reaches the centre and the unit above, and no other shop or mall', async () => {
  const { passwordHash } = given;
  const person = (id: string, role: 'supervisor' | 'mediator', unitPath: string) => ({
    id,
    name: id,
    role,
    unitPath,
    passwordHash,
  });
  await given.centre.admin.admin.addStaff({ staff: [person('supervisor-mall', 'supervisor', MALL)] });
  const shop = await given.open('shop', SHOP, 'manager-shop');
  const mall = await given.open('mall', MALL, 'supervisor-mall');
  const second = await given.open('second', SECOND_MALL, 'mediator-second');
  const circle = await given.open('circle', CIRCLE, 'supervisor-circle');

  const { id, number } = await shop.api.cases.register(caseInput());
  const shown = await shop.api.cases.reveal({ id, reason: '电话通知调解时间' });
  expect(shown.phone).toBe('10012345678');
  // What cannot be booked is not shown: the entry is in the log before the answer is.
  const waiting = await sql<{ type: string }>`SELECT type FROM event WHERE stream_kind = 'access'`.execute(
    shop.running.parts.store.read,
  );
  expect(waiting.rows).toEqual([{ type: 'access-made' }]);
  for (const { running } of [shop, mall, second, circle]) await running.parts.sync.run();
  expect(shop.running.parts.sync.status().sign).toBe('proved');

  const { items, total } = await mall.api.accesses.list({});
  expect({ items, total }).toMatchObject({
    total: 1,
    items: [
      {
        staffId: 'manager-shop',
        unitPath: SHOP,
        action: 'reveal',
        record: { kind: 'case', id },
        title: number,
        reason: '电话通知调解时间',
      },
    ],
  });
  expect(await mall.api.accesses.choices()).toMatchObject({
    people: [{ staffId: 'manager-shop' }],
    units: [{ path: SHOP }],
  });
  const none = [{ staffId: 'nobody' }, { unitPath: MALL }, { to: '2020-01-01' }];
  for (const filter of none) expect(await mall.api.accesses.list({ filter })).toMatchObject({ total: 0 });
  for (const other of [second, circle]) {
    const { rows } = await sql`SELECT 1 FROM event WHERE stream_kind = 'access'`.execute(
      other.running.parts.store.read,
    );
    expect(rows).toEqual([]);
  }

  const file = await mall.api.accesses.export({ format: 'xlsx', filter: { staffId: 'manager-shop' } });
  const { sheets } = await readXlsx(Buffer.from(file.base64, 'base64'));
  const cells = JSON.stringify(sheets.map(({ rows }) => rows));
  for (const word of [number, '电话通知调解时间', '查看完整信息']) expect(cells).toContain(word);
  // The look at the list is on the list.
  expect((await mall.api.accesses.list({})).items[0]).toMatchObject({
    action: 'export',
    staffId: 'supervisor-mall',
  });
  const stored = await sql<{ kind: string }>`
    SELECT state::json ->> 'action' AS kind FROM stream WHERE kind = 'access'`.execute(
    given.centre.centre.database,
  );
  expect(stored.rows).toEqual([{ kind: 'reveal' }]);
});
