import type { Same } from '../same.ts';
import type * as zh from './zh-CN.ts';

export const status = {
  registered: 'Registered',
  escalated: 'Escalated, to accept',
  'handed-down': 'Handed down, to accept',
  transferred: 'Transferred, to accept',
  'taken-over': 'Taken over, to accept',
  accepted: 'Accepted',
  mediating: 'In mediation',
  settled: 'Settled',
  performed: 'Performed',
  broken: 'Not performed',
  failed: 'Mediation failed',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
  terminated: 'Terminated',
  closed: 'Closed',
} satisfies Same<typeof zh.status>;
