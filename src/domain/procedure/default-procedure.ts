import haishu from './haishu.json' with { type: 'json' };
import { Procedure } from './procedure.ts';

/** Version 1: what Heshi ships with for Haishu. Frozen, as cases began under it; changes are published versions. */
export const defaultProcedure: Procedure = Procedure.parse(haishu);
export const DEFAULT_VERSION = 1;
