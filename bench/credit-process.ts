/** The centre's grading in a process of its own: `credit-process.ts DATABASE_URL MONTH`; tells how long it took, and its greatest memory. */
import { openDatabase } from '../src/central/kernel/db/database.ts';
import { gradeMonth } from '../src/central/credit/grading.ts';
import { lastPolicy } from '../src/domain/credit/index.ts';
import { peakResident, timed } from './row.ts';

const [url = '', month = ''] = process.argv.slice(2);
const { database } = openDatabase(url);
let due = 0;
const milliseconds = await timed(async () => {
  const graded = await gradeMonth(database, {
    district: 'HS',
    month: Number(month),
    rules: lastPolicy(undefined),
  });
  due = graded.due.length;
});
await database.destroy();
process.send?.({ milliseconds, due, bytes: peakResident(process.pid) });
process.disconnect();
