export {
  type Checklist,
  type ChecklistItem,
  CHECKLISTS,
  checklistOfVersion,
  checklistOn,
} from './checklist.ts';
export {
  Answer,
  MOST_PHOTOS,
  MOST_SHOPS,
  Photo,
  type StreetPayload,
  streetSchemas,
  type StorefrontPayload,
  storefrontSchemas,
} from './events.ts';
export { STREET_METRICS } from './metrics.ts';
export { passes, type Score, scoreOf } from './score.ts';
export type { StreetState } from './street.ts';
export {
  faultOfVisit,
  type PastPlaque,
  photosOf,
  type Plaque,
  type ShopPatrol,
  type StorefrontState,
} from './storefront.ts';
