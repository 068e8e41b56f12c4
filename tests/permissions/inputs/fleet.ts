import type { Inputs } from '../input-values.ts';

export const inputs: Inputs<'fleet'> = {
  fleet: { list: {}, resync: { deviceId: 'device-elsewhere', reason: '核对' } },
};
