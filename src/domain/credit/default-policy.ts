import haishu from './haishu.json' with { type: 'json' };
import { CreditPolicy } from './policy.ts';

/** Version 1: what Heshi ships with. Frozen, as grades were given by it; changes are published versions. */
export const defaultPolicy: CreditPolicy = CreditPolicy.parse(haishu);
export const DEFAULT_POLICY_VERSION = 1;
