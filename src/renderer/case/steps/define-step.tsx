import type { ComponentType } from 'react';
import type { Control } from 'react-hook-form';
import type { z } from 'zod';
import type { CaseAction, CaseDetail } from '../../../contract/workstation/case.ts';
import type { FormValues } from '../../kernel/components/field.tsx';
import { StepPanel } from '../step-panel.tsx';

/** Everything a person may do to a case, as the contract names it. */
export type StepName = CaseAction['step'];

/** Groups of the case's menu, in the order in which it shows them. */
export const STEP_GROUPS = ['course', 'beside', 'move', 'team'] as const;
/**
 * course: takes the case from its registration to its end. beside: belongs to mediation or performance without
 * changing the status. move: changes the handling unit, the clock, the record or the second track. team: shares
 * out and reviews the unit's work.
 */
export type StepGroup = (typeof STEP_GROUPS)[number];

/** What a step can know of the case before its form is filled in. */
export type StepContext = {
  detail: CaseDetail;
  /** The day in Shanghai by the workstation's clock, `YYYY-MM-DD`. */
  today: string;
  /** The sample in which the case was opened for review; null outside a review. */
  sampleId: string | null;
};

/** A step's payload as the contract takes it. */
export type StepPayload<Name extends StepName> = Extract<
  z.input<typeof CaseAction>,
  { step: Name }
>['payload'];

/** A form with exactly the payload's fields; each is null until it is filled in. */
export type StepForm<Name extends StepName> = {
  [Key in keyof StepPayload<Name>]-?: NonNullable<StepPayload<Name>[Key]> | null;
};

/** The payload's own keys. Their values may still be missing or unreadable: the contract's schema judges them. */
export type StepDraft<Name extends StepName> = { [Key in keyof StepPayload<Name>]?: unknown };

/** Props of a step's fields: `Values` is what its form holds. */
export type StepFieldsProps<Values extends FormValues> = { control: Control<Values>; detail: CaseDetail };
/** Props of the fields of a step whose form has exactly the payload's fields. */
export type FieldsOf<Name extends StepName> = StepFieldsProps<StepForm<Name>>;

export type StepDeclaration<Name extends StepName, Values extends FormValues> = {
  type: Name;
  group: StepGroup;
  /**
   * How early the step is proposed as the likely next one among those that may be taken: the lowest rank wins, and the
   * winner is the page's primary action. Without a rank, or with null, it is never proposed.
   */
  likely?: number | ((context: StepContext) => number | null);
  /** What the form begins with. Nothing that decides anything is chosen in advance. */
  defaults: (context: StepContext) => NoInfer<Values>;
  Fields: ComponentType<StepFieldsProps<Values>>;
  /** The payload from the form. */
  payload: (values: NoInfer<Values>, context: StepContext) => StepDraft<NoInfer<Name>>;
  /** Where the form has what the payload has at this path; at the same path without one. */
  fieldOf?: (path: string) => string;
};

/** A step as the pages use it; what its form holds stays its own business. */
export type Step<Name extends StepName = StepName> = {
  type: Name;
  group: StepGroup;
  /** Where its form has what its payload has at a path. */
  fieldOf: (path: string) => string;
  /** Its rank as the likely next step; null when it is not proposed. */
  rank: (context: StepContext) => number | null;
  /** Its form in a panel beside the case, or over a list. */
  Panel: ComponentType<{ detail: CaseDetail; sampleId?: string | null; onClose: () => void }>;
};

/**
 * Declares one step of a case: its place in the menu, its form and its payload. The file that declares it and its words
 * are all that a new step needs on the screen; `renderer/case/steps/index.ts` does not compile without it.
 */
export function defineStep<Name extends StepName, Values extends FormValues>(
  declaration: StepDeclaration<Name, Values>,
): Step<Name> {
  const { type, group, likely = null, fieldOf = (path) => path } = declaration;
  return {
    type,
    group,
    fieldOf,
    rank: (context) => (typeof likely === 'function' ? likely(context) : likely),
    Panel: ({ sampleId = null, ...props }) => (
      <StepPanel declaration={declaration} sampleId={sampleId} {...props} />
    ),
  };
}
