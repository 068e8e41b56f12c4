export { DecideLeniencyDialog, type Found } from './decide-dialog.tsx';
export { LeniencyTable } from './leniency-table.tsx';
