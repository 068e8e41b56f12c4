import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { AddEvidence } from '../../contract/workstation/evidence.ts';
import { addFile } from './files.ts';

export type Adding = { id: number; name: string; error: unknown };

/** Files being added to a case, one after the other; those that were refused stay listed until they are read. */
export function useAdding(caseId: string): {
  adding: Adding[];
  add: (files: readonly File[], about: Omit<AddEvidence, 'name' | 'caseId'>) => Promise<boolean>;
  dismiss: (id: number) => void;
} {
  const [adding, setAdding] = useState<Adding[]>([]);
  const last = useRef(0);
  const queries = useQueryClient();
  const dismiss = (id: number): void => setAdding((list) => list.filter((one) => one.id !== id));
  return {
    adding,
    dismiss,
    add: async (files, about) => {
      const queued = files.map((file) => {
        last.current += 1;
        return { id: last.current, name: file.name, error: null, file };
      });
      // A new attempt makes what was said of the last one old.
      setAdding((list) => [...list.filter((one) => one.error === null), ...queued]);
      let all = true;
      for (const { id, file } of queued) {
        try {
          await addFile(file, { ...about, caseId });
          dismiss(id);
        } catch (error) {
          all = false;
          setAdding((list) => list.map((one) => (one.id === id ? { ...one, error } : one)));
        }
        await queries.invalidateQueries({ queryKey: ['evidence', 'list', caseId] });
      }
      await queries.invalidateQueries({ queryKey: ['cases'] });
      return all;
    },
  };
}
