/** What the commands that work on the database itself say of themselves. */
export const LOCAL_USAGE = `npm run central -- verify [--json]      checks every invariant on a snapshot of the live database, says for each how much
                                        it looked at and how much is broken, and ends with code 1 when something is
npm run central -- rebuild [--dry-run] [--json]
                                        makes states, units and the roll-up anew from the log, and says what had been otherwise
npm run central -- export facts|rollup --unit PATH [--from DAY] [--to DAY] [--format ndjson|xlsx] [--out FILE]
                                        [--unmasked] [--reason TEXT]
                                        takes a scope's facts or figures out; texts and people's names are left out
                                        unless --unmasked with a --reason; every export is kept on record
npm run central -- carried FILE         opens facts that a person carried from a workstation out of service, proves that it
                                        recorded them, and writes them one a line (HESHI_PASSPHRASE)
npm run central -- seal-facts            seals what is personal in all facts that workstations record from now on; said once, when
                                        every process and workstation of an older release was upgraded
npm run central -- key [--key FILE]     the fingerprint by which workstations know this centre
npm run central -- backup --to DIR      copies the running centre's data folder: database, keys and evidence (needs --archive)
npm run central -- restore --backup DIR --archive DIR [--until INSTANT]
                                        makes a new data folder from a backup and the archive, as it was at that instant

These work on the database itself: DATABASE_URL, or the server of --data DIR, beside a running centre or alone.`;

/** The words that make a call of the centre's program work on the database itself. */
export const LOCAL_COMMANDS: ReadonlySet<string> = new Set([
  'verify',
  'rebuild',
  'export',
  'carried',
  'seal-facts',
  'key',
  'backup',
  'restore',
]);
