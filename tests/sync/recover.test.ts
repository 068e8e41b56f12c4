import { describe, expect, it } from 'vitest';
import { codeFor } from '../support/postgres.ts';
import { useWorkstations } from '../support/live-workstations.ts';
import { caseInput, PASSWORD } from '../support/workstation.ts';

const workstations = useWorkstations();
const MALL = '/HS/C1/M01';
const OTHER = '/HS/C1/M02';

/** A workstation whose people have gone while it was shut, and what somebody recorded there before. */
async function abandoned() {
  const mall = await workstations.open('mall', MALL, 'mediator-mall');
  const { id } = await mall.api.cases.register(caseInput());
  await mall.api.sync.now();
  // Recorded last, and never sent.
  await mall.api.cases.act({ id, revision: 1, action: { step: 'case-accepted', payload: {} } });
  await workstations.close(mall);
  const { admin } = workstations.centre.admin;
  const staff = { id: 'newcomer', name: '测试员', role: 'mediator' as const, unitPath: MALL };
  await admin.addStaff({ staff: [{ ...staff, passwordHash: workstations.passwordHash }] });
  return { id, deviceId: mall.deviceId };
}

describe('a workstation that nobody’s password opens', () => {
  it('opens for a code of its unit, with what was never sent, and lets in who may sign in now', async () => {
    const { id } = await abandoned();
    const again = await workstations.opened('mall');
    const { api } = again.running.connect();
    await expect(api.session.signIn({ staffId: 'newcomer', password: PASSWORD })).rejects.toMatchObject({
      code: 'SIGN_IN_FAILED',
    });
    const code = await codeFor(workstations.centre, MALL);
    const { staff } = await api.session.recover({ code });
    expect(staff).toBeNull();
    expect((await api.session.people()).map(({ staffId }) => staffId)).toContain('newcomer');
    await api.session.signIn({ staffId: 'newcomer', password: PASSWORD });
    expect((await api.cases.get({ id })).state.status).toBe('accepted');
    expect(await api.sync.now()).toMatchObject({ sign: 'proved', waiting: 0 });
    await expect(api.session.recover({ code })).rejects.toMatchObject({
      code: 'RULE',
      data: { rule: 'not-shut' },
    });
  });

  it('does not for another code: of another unit, spent, unknown, or of a device that is out of service', async () => {
    const { deviceId } = await abandoned();
    const { api } = (await workstations.opened('mall')).running.connect();
    const refusal = (code: string): Promise<unknown> =>
      api.session.recover({ code }).then(
        () => 'opened',
        (error: { data?: { code?: string; rule?: string } }) => error.data?.code ?? error.data?.rule,
      );
    expect(await refusal(await codeFor(workstations.centre, OTHER))).toBe('UNIT_DIFFERS');
    const spent = await codeFor(workstations.centre, MALL);
    await workstations.open('second', MALL, 'mediator-mall', { code: spent });
    expect(await refusal(spent)).toBe('CODE_USED');
    const code = await codeFor(workstations.centre, MALL);
    expect(await refusal(code.replace(/^...../, '22222'))).toBe('CODE_UNKNOWN');
    await workstations.centre.admin.admin.revoke({ deviceId });
    expect(await refusal(code)).toBe('DEVICE_REVOKED');
    expect(await api.session.people()).toHaveLength(1);
  });

  it('is no other workstation’s: what the centre keeps for one opens no other one’s disk', async () => {
    await abandoned();
    const second = await workstations.open('second', MALL, 'mediator-mall');
    await second.api.sync.now();
    const { deviceId } = second;
    await workstations.close(second);
    const { running } = await workstations.opened('mall');
    const { recover } = workstations.centre.admin;
    const code = (await codeFor(workstations.centre, MALL)).slice(0, 11);
    const { share } = await recover({ code, deviceId });
    expect(running.gate.vault.tryShare(Buffer.from(share, 'base64'))).toBeNull();
    // An answer that was lost can be asked for once more, by nobody else.
    expect(await recover({ code, deviceId })).toEqual({ share });
    await expect(recover({ code, deviceId: 'another' })).rejects.toMatchObject({ code: 'CODE_USED' });
  });

  it('that was shut for longer than sign-in lasts without the centre asks it, for who has the password', async () => {
    await workstations.close(await workstations.open('mall', MALL, 'mediator-mall'));
    const later = (): Date => new Date(Date.now() + 31 * 86_400_000);
    const nowhere = await workstations.opened('mall', {
      clock: later,
      fetcher: () => Promise.reject(new TypeError('nowhere')),
    });
    const ask = { staffId: 'mediator-mall', password: PASSWORD };
    await expect(nowhere.running.connect().api.session.signIn(ask)).rejects.toMatchObject({
      code: 'SIGN_IN_EXPIRED',
      data: { days: 31 },
    });
    await nowhere.running.close();
    const { api } = (await workstations.opened('mall', { clock: later })).running.connect();
    expect(await api.session.signIn(ask)).toMatchObject({ staffId: 'mediator-mall' });
  });
});
