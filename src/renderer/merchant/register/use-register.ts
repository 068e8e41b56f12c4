import { useQueryClient } from '@tanstack/react-query';
import type { MerchantDetail } from '../../../contract/workstation/merchant.ts';
import { asApiError } from '../../kernel/api/errors.ts';

/** What a saved or refused change of the register does to what is on the screen: other entries and their cases too. */
export function useRegisterChanged(): {
  saved: (next: MerchantDetail) => void;
  refused: (error: unknown) => void;
} {
  const queries = useQueryClient();
  const again = (): void =>
    void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'drafts' });
  return {
    saved: (next) => {
      queries.setQueryData(['merchants', 'get', next.state.id], next);
      again();
    },
    refused: (error) => {
      if (asApiError(error).code === 'CONFLICT') again();
    },
  };
}
