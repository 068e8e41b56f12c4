/** One invariant, how much was looked at, how much of it does not hold, and where. */
export type Invariant = { name: string; checked: number; broken: number; examples: string[] };

const EXAMPLES = 10;

export type Check = {
  pass(): void;
  fail(example: string): void;
  result(): Invariant;
};

export function createCheck(name: string): Check {
  const invariant: Invariant = { name, checked: 0, broken: 0, examples: [] };
  return {
    pass: () => {
      invariant.checked += 1;
    },
    fail: (example) => {
      invariant.checked += 1;
      invariant.broken += 1;
      if (invariant.examples.length < EXAMPLES) invariant.examples.push(example);
    },
    result: () => invariant,
  };
}
