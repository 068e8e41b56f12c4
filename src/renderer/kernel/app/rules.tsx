import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RulesHere } from '../../../contract/workstation/procedure.ts';
import type { Calendar } from '../../../domain/kernel/calendar/index.ts';
import {
  defaultProcedure,
  type Procedure,
  type Wording,
  calendarAt,
  procedureInForce,
  procedureOf,
  shippedRules,
  withCalendar,
  withProcedure,
  type Rulebook,
} from '../../../domain/procedure/index.ts';

import { api } from '../api/client.ts';
import { useToday } from '../kit/now.tsx';

export type Rules = {
  rules: Rulebook;
  unitPath: string;
  day: string;
  calendar: Calendar;
  /** The procedure under which a case registered now begins. */
  current: Procedure;
  /** The version a case began under; absent is the shipped one. */
  of: (version: number | undefined) => Procedure;
  /** A wording in the language of the screen. */
  say: (wording: Wording) => string;
};

const NOTHING: RulesHere = { unitPath: '/', day: '', procedure: null, calendar: null };

function rulebookFrom({ procedure, calendar }: RulesHere): Rulebook {
  const rules = procedure === null ? shippedRules : withProcedure(shippedRules, procedure);
  return calendar === null ? rules : withCalendar(rules, calendar);
}

function rulesFrom(here: RulesHere, rules: Rulebook, language: string, today: string): Rules {
  const { unitPath } = here;
  const day = here.day === '' ? today : here.day;
  return {
    rules,
    unitPath,
    day,
    calendar: calendarAt(rules, unitPath),
    current: procedureInForce(rules, unitPath, day).procedure,
    of: (version) => procedureOf(rules, unitPath, version) ?? defaultProcedure,
    say: (wording) => (language === 'en' ? wording.en : wording.zh),
  };
}

const Context = createContext<Rules | null>(null);

/** Keeps procedures and calendar for all screens: the shipped ones until the workstation has answered. */
export function RulesProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const today = useToday();
  const { data = NOTHING } = useQuery({
    queryKey: ['procedures', 'here'],
    queryFn: () => api.procedures.get(),
  });
  const rulebook = useMemo(() => rulebookFrom(data), [data]);
  const rules = useMemo(
    () => rulesFrom(data, rulebook, i18n.language, today),
    [data, rulebook, i18n.language, today],
  );
  return <Context value={rules}>{children}</Context>;
}

/** The rules that hold here. @throws Error outside `RulesProvider` */
export function useRules(): Rules {
  const rules = useContext(Context);
  if (rules === null) throw new Error('No rules above this component');
  return rules;
}
