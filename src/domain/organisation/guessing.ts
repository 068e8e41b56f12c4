/**
 * How long nobody is let in after wrong guesses. Assumption, after NIST SP 800-63B 5.2.2: waits that grow, and no lock-out
 * for ever. A slip of the finger costs nothing; two hundred guesses cost two days.
 */
const WAITS_MS = [5_000, 15_000, 60_000, 300_000, 900_000] as const;

/** Wrong passwords of one account that cost no wait; one more at a workstation at which several people try. */
const FREE_OF_ACCOUNT = 3;
const FREE_OF_WORKSTATION = 10;
/** Whoever guesses at one account keeps the others out no longer than this. */
const MOST_OF_WORKSTATION_MS = 60_000;

/** After so long without a wrong guess, measured while the machine runs, those before it are forgotten. */
export const FORGOTTEN_AFTER_MS = 12 * 3_600_000;

/** Milliseconds in which no further password is looked at, after so many wrong ones without a right one in between. */
export function waitAfter(failures: number, of: 'account' | 'workstation'): number {
  const beyond = failures - (of === 'account' ? FREE_OF_ACCOUNT : FREE_OF_WORKSTATION);
  if (beyond <= 0) return 0;
  const wait = WAITS_MS[Math.min(beyond, WAITS_MS.length) - 1] ?? 0;
  return of === 'account' ? wait : Math.min(wait, MOST_OF_WORKSTATION_MS);
}

/** Characters of a password that a person chooses (NIST SP 800-63B 5.1.1: at least 8, and nothing else asked of it). */
export const LEAST_PASSWORD = 8;

/** Characters of what seals a file that leaves: whoever has it may try for years. */
export const LEAST_PASSPHRASE = 12;

/** Wrong PINs after which only the password helps. */
export const PIN_TRIES = 5;

/** A PIN that is tried first by whoever guesses: one figure only, or figures in their order. */
export function isSimplePin(pin: string): boolean {
  const steps = new Set(
    pin
      .split('')
      .slice(1)
      .map((figure, index) => Number(figure) - Number(pin[index])),
  );
  return steps.size === 1 && [-1, 0, 1].includes([...steps][0] ?? 0);
}
