import { IN_SIGHT } from '../../domain/organisation/index.ts';
import type { DeviceAccess } from './base.ts';

/** Files go beside the calls: uploads by tus 1.0, `<content>/<case>/<sha256>` with Range to read. */
export const EVIDENCE_UPLOADS = '/v1/evidence/uploads';
export const EVIDENCE_CONTENT = '/v1/evidence/content';

/** Who may do either. */
export const EVIDENCE_ACCESS: DeviceAccess = { who: 'device', scope: IN_SIGHT };
