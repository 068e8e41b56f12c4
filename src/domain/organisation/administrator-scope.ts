import { z } from 'zod';

/** What an administrator's token is for. */
export const AdministratorScope = z.enum([
  'read',
  'organisation',
  'workstations',
  'rules',
  'tokens',
  'maintenance',
  'administrators',
  'metrics',
]);
export type AdministratorScope = z.infer<typeof AdministratorScope>;
