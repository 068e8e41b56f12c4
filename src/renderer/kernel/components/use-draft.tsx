import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { uuidv7 } from 'uuidv7';
import type { Draft } from '../../../contract/workstation/drafts.ts';
import { api, pageLeaves } from '../api/client.ts';
import { asApiError } from '../api/errors.ts';
import { useSession } from '../app/session.ts';
import { tellKept } from '../app/unkept.ts';
import { holdDraft } from './draft-locks.ts';
import type { FormValues } from './field.tsx';

export { DraftNotice } from './draft-notice.tsx';

const SAVE_AFTER_MS = 400;
/** While the workstation does not answer, what is typed is offered to it so often. */
const AGAIN_MS = 2_000;

export type KeptDraft = {
  /**
   * The id that this filling-in of the form makes its record or fact under: made once, and brought back with the draft,
   * so that the same save again is the same record, whatever failed in between.
   */
  id: string;
  /** When what was brought back had been kept; null when nothing was. */
  restored: string | null;
  /** Other drafts of the same form. */
  others: readonly Draft[];
  /** Brings back another draft instead; what stands in the form stays kept under its own. False when another window has it. */
  open: (draft: Draft) => Promise<boolean>;
  /** Throws the draft away, after a save too. Whether that succeeds does not matter to the save. */
  discard: () => Promise<void>;
  /** After `discard`, for a form that is filled in afresh: under a new id. */
  resume: () => void;
};

type Taken = { draft: Draft; key: string; letGo: () => void };

/** Where a window remembers which draft of a form it is filling in. */
const windowKey = (form: string): string => `heshi-draft:${form}`;
const keyOf = (form: string, id: string): string => `${form}#${id}`;
const idOf = (form: string, key: string): string | null => (key === form ? null : key.slice(form.length + 1));

/**
 * Keeps a form's values on this workstation while they are typed, and brings them back after a crash, a restart or a
 * change of page. Each form that is filled in has a draft of its own, in other windows too.
 */
export function useDraft<Values extends FormValues>(
  form: string,
  title: string,
  values: UseFormReturn<Values>,
): KeptDraft {
  const kept = useQuery({
    queryKey: ['drafts', form],
    queryFn: () => api.drafts.of({ form }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  // Whose it is from the first letter on: by the time it is kept another person may be signed in.
  const { staffId } = useSession().staff;
  const [id, setId] = useState(() => uuidv7());
  const key = keyOf(form, id);
  const [restored, setRestored] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Drafts thrown away: a save of one that was still on its way is undone. */
  const gone = useRef(new Set<string>());
  const flushing = useRef<() => void>(() => undefined);
  const looked = useRef(false);
  /** A draft of a release that kept one for each form, to be thrown away with the one that took its place. */
  const [former, setFormer] = useState<string | null>(null);
  /** While a draft is put back, which is no change of the person's. */
  const quiet = useRef(false);
  const { isDirty } = values.formState;

  /** The draft this window was filling in before it was loaded again: it is this one's before any other. */
  const [before] = useState(() => sessionStorage.getItem(windowKey(form)));
  /** What a draft was taken with: from then on no other window gets it. */
  const taken = useRef<Taken | null>(null);

  /** False once the form has gone from the screen. */
  const shown = useRef(false);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);

  useEffect(() => {
    sessionStorage.setItem(windowKey(form), key);
    const holding = taken.current?.key === key ? Promise.resolve(taken.current.letGo) : holdDraft(key);
    return () => {
      void holding.then((letGo) => letGo?.());
    };
  }, [form, key]);

  const putBack = useCallback(
    (found: Taken): void => {
      const { draft, letGo } = found;
      const own = idOf(form, draft.key);
      quiet.current = true;
      values.reset({ ...values.getValues(), ...(draft.values as Values) }, { keepDefaultValues: true });
      quiet.current = false;
      if (own === null) {
        letGo();
        setFormer(draft.key);
      } else {
        taken.current = found;
        setId(own);
      }
      setRestored(draft.savedAt);
    },
    [form, values],
  );

  useEffect(() => {
    if (kept.data === undefined || looked.current || isDirty) return;
    looked.current = true;
    const own = kept.data.filter((draft) => draft.key === before);
    void takeFirst([...own, ...kept.data]).then((found) => {
      if (found === null) return;
      if (!shown.current || values.formState.isDirty || gone.current.has(key)) found.letGo();
      else putBack(found);
    });
  }, [kept.data, isDirty, putBack, values, key, before]);

  useEffect(() => {
    let current = true;
    const save = async (typed: Values): Promise<void> => {
      if (gone.current.has(key)) return;
      try {
        await api.drafts.save({ key, title, values: typed, staffId });
        tellKept(key, true);
        if (gone.current.has(key)) await api.drafts.discard({ key });
      } catch (failure) {
        if (gone.current.has(key)) return;
        // Once its page is gone it waits for its writer, and is nothing to tell whoever is at the window now.
        tellKept(key, !current && asApiError(failure).code === 'NOT_SIGNED_IN');
        // The form may hold another draft by now, or be gone from the screen.
        if (current) timer.current ??= setTimeout(saveNow, AGAIN_MS);
        else setTimeout(() => void save(typed), AGAIN_MS);
      }
    };
    const saveNow = (): void => {
      clearTimeout(timer.current);
      timer.current = undefined;
      if (values.formState.isDirty) void save(structuredClone(values.getValues()));
    };
    // Whether the form differs is known only after the next render, so it is asked when the wait is over.
    const unsubscribe = values.subscribe({
      formState: { values: true, isDirty: true },
      callback: () => {
        if (gone.current.has(key) || quiet.current) return;
        clearTimeout(timer.current);
        timer.current = setTimeout(saveNow, SAVE_AFTER_MS);
      },
    });
    // Who leaves within the wait, or hides the window for good, loses nothing either.
    const flush = (): void => {
      if (timer.current !== undefined) saveNow();
    };
    flushing.current = flush;
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') flush();
    };
    document.addEventListener('visibilitychange', hidden);
    const left = (): void => {
      pageLeaves();
      flush();
    };
    window.addEventListener('pagehide', left);
    return () => {
      unsubscribe();
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('pagehide', left);
      flush();
      current = false;
    };
  }, [values, key, title, staffId]);

  const discard = useCallback(async () => {
    gone.current.add(key);
    looked.current = true;
    clearTimeout(timer.current);
    timer.current = undefined;
    tellKept(key, true);
    setRestored(null);
    const keys = former === null ? [key] : [key, former];
    setFormer(null);
    // A draft that could not be thrown away is recognized by its id once its record is there.
    await Promise.all(keys.map((one) => api.drafts.discard({ key: one }).catch(() => undefined)));
  }, [key, former]);

  const open = useCallback(
    async (draft: Draft): Promise<boolean> => {
      const found = await takeFirst([draft]);
      if (found === null) return false;
      flushing.current();
      values.reset();
      putBack(found);
      await kept.refetch();
      return true;
    },
    [values, putBack, kept],
  );

  const resume = useCallback(() => setId(uuidv7()), []);

  const others = (kept.data ?? []).filter((draft) => draft.key !== key && draft.key !== former);
  return { id, restored, others, open, discard, resume };
}

/** The draft kept last that no other window is filling in, taken for this one; null when there is none. */
async function takeFirst(drafts: readonly Draft[]): Promise<Taken | null> {
  for (const draft of drafts) {
    const letGo = await holdDraft(draft.key);
    if (letGo !== null) return { draft, key: draft.key, letGo };
  }
  return null;
}
