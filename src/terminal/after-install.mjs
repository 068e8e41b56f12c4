import { buildSqlite } from './build-sqlite.mjs';
import { sqliteLines } from './sqlite-module.mjs';

// Not a failure of the install, whose own last words would bury the two lines: every command that needs the module says them
// again and ends.
if (!buildSqlite()) process.stderr.write(`${sqliteLines().join('\n')}\n`);
