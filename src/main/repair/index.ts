export { damagedRouter, type DamagedContext } from './damaged-router.ts';
export { startNightlyCopies, type NightlyCopies } from './nightly.ts';
export { repair } from './repair.ts';
export { createRepairStation, type RepairStation } from './station.ts';
