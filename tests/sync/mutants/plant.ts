/** `node --import`: plants the bug that HESHI_MUTANT names, before anything of the product is loaded. */
import { editSources } from '../../../tools/simulate/fault-model/source-edits.ts';
import { MUTANTS } from './list.ts';

const name = process.env['HESHI_MUTANT'];
const mutant = MUTANTS.find((one) => one.name === name);
if (mutant === undefined) throw new Error(`No mutant ${name}`);
editSources(mutant.edits);
