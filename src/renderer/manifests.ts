import type { Manifest } from './kernel/kit/manifest.ts';
import { accesses } from './access/manifest.tsx';
import { alliance } from './alliance/manifest.tsx';
import { archive } from './archive/manifest.tsx';
import { cases } from './case/manifest.tsx';
import { charity } from './charity/manifest.tsx';
import { credit } from './credit/manifest.tsx';
import { deadlines } from './deadlines/manifest.tsx';
import { disclosures } from './disclosure/manifest.tsx';
import { figures } from './figures/manifest.tsx';
import { finance } from './finance/manifest.tsx';
import { fleet } from './fleet/manifest.tsx';
import { funds } from './fund/manifest.tsx';
import { imports } from './imports/manifest.tsx';
import { inspections } from './inspection/manifest.tsx';
import { leniency } from './leniency/manifest.tsx';
import { merchants } from './merchant/manifest.tsx';
import { privacy } from './privacy/manifest.tsx';
import { procedure } from './procedure/manifest.tsx';
import { publication } from './public/manifest.tsx';
import { repair } from './repair/manifest.tsx';
import { restorations } from './restoration/manifest.tsx';
import { returns } from './return/manifest.tsx';
import { rollup } from './rollup/manifest.tsx';
import { calls, sanctions } from './sanction/manifest.tsx';
import { session } from './session/manifest.tsx';
import { settings } from './settings/manifest.tsx';
import { shop } from './shop/manifest.tsx';
import { stations } from './station/manifest.tsx';
import { streets } from './street/manifest.tsx';
import { supervision } from './supervision/manifest.tsx';
import { today } from './today/manifest.tsx';
import { verify } from './document/verify/manifest.tsx';

/** All rooms of the screen, in the order of the navigation. */
export const MANIFESTS: readonly Manifest[] = [
  today,
  shop,
  deadlines,
  cases,
  returns,
  merchants,
  funds,
  credit,
  sanctions,
  restorations,
  calls,
  inspections,
  leniency,
  streets,
  stations,
  finance,
  alliance,
  charity,
  disclosures,
  publication,
  supervision,
  accesses,
  privacy,
  fleet,
  rollup,
  figures,
  imports,
  verify,
  settings,
  archive,
  procedure,
  repair,
  session,
];
