import type { Inputs } from '../input-values.ts';

export const inputs: Inputs<'session'> = {
  session: {
    state: undefined,
    people: undefined,
    signIn: { staffId: 'nobody', password: 'wrong' },
    pinSignIn: { staffId: 'nobody', pin: '4827' },
    lock: undefined,
    touch: undefined,
    setPin: { password: 'wrong', pin: '4827' },
    changePassword: { password: 'wrong', next: 'another password' },
    carry: { passphrase: 'a passphrase of words' },
    signOut: undefined,
    enrol: { centreUrl: 'http://127.0.0.1:9', code: 'AAAAA-AAAAA', deviceName: '一号' },
    enrolAgain: { code: 'AAAAA-AAAAA' },
    recover: { code: 'AAAAA-AAAAA' },
    trustCentre: { fingerprint: 'AAAA-AAAA-AAAA-AAAA' },
  },
};
