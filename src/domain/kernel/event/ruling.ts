import { z } from 'zod';

/** The source of a rule, shown with it: an article of law, the published procedure, or an assumption. */
export const Refusal = z.object({
  /** Stable code, translated by the interface under `rule.<code>`. */
  rule: z.string(),
  /** Dotted path of the field concerned, when one is. */
  field: z.string().exactOptional(),
  /** Values for the message. */
  parameters: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
});
export type Refusal = z.infer<typeof Refusal>;

/** A reducer's answer to one event: the next state, a refusal, or that it does not know the event. */
export type Ruling<State> =
  | { kind: 'legal'; state: State }
  | { kind: 'illegal'; refusal: Refusal }
  | { kind: 'unknown'; type: string; version: number };

export function legal<State>(state: State): Ruling<State> {
  return { kind: 'legal', state };
}

export function illegal<State>(
  rule: string,
  field?: string,
  parameters?: Record<string, string | number>,
): Ruling<State> {
  return {
    kind: 'illegal',
    refusal: {
      rule,
      ...(field === undefined ? {} : { field }),
      ...(parameters === undefined ? {} : { parameters }),
    },
  };
}
