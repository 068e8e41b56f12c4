export { OFFERS, offerOf } from './offers.ts';
export { STATION_METRICS, StationFields, stationSchemas, type StationState } from './station.ts';
