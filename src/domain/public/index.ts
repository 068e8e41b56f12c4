export { type CaseStage, type CaseView, caseView, isConsumersPaper } from './case-view.ts';
export { CIRCLE_LEVEL, circleAbove, publicSchemas, type PublicState, showsGrades } from './publication.ts';
export { type RestorationView, restorationView } from './restoration-view.ts';
export { type ReturnView, returnView } from './return-view.ts';
export {
  type CardView,
  cardView,
  type DiscountShown,
  type GradeView,
  type PromiseView,
  type ShopView,
  shopView,
} from './shop-view.ts';
export { type StationGroup, stationGroups, type StationView } from './station-view.ts';
