import { PassThrough } from 'node:stream';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCarried } from '../../src/central/command/carried.ts';
import { CarriedForged, CarriedUnreadable, openCarried } from '../../src/protocol/carried-facts.ts';
import { useWorkstations } from '../support/live-workstations.ts';
import { caseInput, PASSWORD } from '../support/workstation.ts';

const workstations = useWorkstations();
const MALL = '/HS/C1/M01';
const PASSPHRASE = 'twelve characters and more';

describe('one’s own password', () => {
  it('reaches the other workstations of the unit, and ends the sessions there', async () => {
    const one = await workstations.open('one', MALL, 'mediator-mall');
    const other = await workstations.open('other', MALL, 'mediator-mall');
    await one.api.session.changePassword({ password: PASSWORD, next: 'one for every day' });
    expect((await one.api.sync.now()).sign).toBe('proved');
    expect((await other.api.sync.now()).sign).toBe('proved');
    expect((await other.api.session.state()).ended?.reason).toBe('password');
    const again = (password: string) => other.api.session.signIn({ staffId: 'mediator-mall', password });
    await expect(again(PASSWORD)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' });
    await again('one for every day');
    expect((await one.api.session.state()).staff?.staffId).toBe('mediator-mall');
  });
});

describe('somebody who is dismissed', () => {
  it('is signed out where they sit as soon as the centre is heard', async () => {
    const { api, context } = await workstations.open('one', MALL, 'mediator-mall');
    await api.sync.now();
    await workstations.centre.admin.admin.deactivateStaff({ staffId: 'mediator-mall' });
    await api.sync.now();
    await expect.poll(() => context.client.staff).toBeNull();
    expect((await api.session.state()).ended).toMatchObject({ reason: 'dismissed' });
  });
});

describe('a workstation that is revoked', () => {
  it('is read and not written, over a restart too, and what it had not sent can be carried', async () => {
    const before = await workstations.open('one', MALL, 'mediator-mall');
    const sent = await before.api.cases.register(caseInput());
    await before.api.sync.now();
    await before.api.cases.register(caseInput({ consumer: { name: '欧阳没送到', phone: '10012345679' } }));
    await workstations.centre.admin.admin.revoke({ deviceId: before.deviceId, reason: '【虚构】被盗' });
    expect((await before.api.sync.now()).reason).toBe('device-revoked');
    await workstations.close(before);

    const { api, running, deviceId } = await workstations.open('one', MALL, 'mediator-mall');
    expect((await api.session.state()).revoked).toBe(true);
    await expect(api.cases.register(caseInput())).rejects.toMatchObject({
      code: 'RULE',
      data: { rule: 'workstation-revoked' },
    });
    expect((await api.cases.list({ limit: 10 })).items.map(({ id }) => id)).toContain(sent.id);

    await expect(api.session.carry({ passphrase: 'too short' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    const file = await api.session.carry({ passphrase: PASSPHRASE });
    expect(file.facts).toBe(1);
    const text = Buffer.from(file.base64, 'base64').toString();
    expect(text).not.toContain('欧阳');
    const path = join(workstations.folder, file.fileName);
    await writeFile(path, text);
    const stdout = new PassThrough();
    const terminal = { stdout, stderr: new PassThrough(), env: { HESHI_PASSPHRASE: PASSPHRASE } };
    await readCarried(workstations.centre.centre.database, path, terminal);
    expect(String(stdout.read())).toContain('欧阳没送到');
    const logged = await running.parts.store.read.selectFrom('access_log').selectAll().execute();
    expect(logged).toMatchObject([{ action: 'export', record_kind: 'outbox', record_id: deviceId }]);

    const keyOf = async () => running.parts.identity()?.publicKey ?? null;
    await expect(openCarried(text, 'another passphrase', keyOf)).rejects.toThrow(CarriedUnreadable);
    await expect(openCarried(text.replace('M01', 'M02'), PASSPHRASE, keyOf)).rejects.toThrow(
      CarriedUnreadable,
    );
    await expect(openCarried(text, PASSPHRASE, async () => 'A'.repeat(43))).rejects.toThrow(CarriedForged);

    // The way on: enrolled again, nothing is lost and it writes.
    const { codes } = await workstations.centre.admin.admin.createCodes({
      unitPaths: [MALL],
      validMinutes: 60,
    });
    expect((await api.session.enrolAgain({ code: codes[0]?.code ?? '' })).state.revoked).toBe(false);
    await api.cases.register(caseInput());
    expect((await api.sync.now()).waiting).toBe(0);
  });
});
