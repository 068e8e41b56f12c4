import { useQueryClient } from '@tanstack/react-query';
import type { MerchantDetail } from '../../contract/workstation/merchant.ts';
import { asApiError } from '../kernel/api/errors.ts';

/** What a change that was saved or refused does to what is on the screen. */
export function useChanged(merchantId: string) {
  const queries = useQueryClient();
  return {
    saved: (next: MerchantDetail): void => {
      queries.setQueryData(['merchants', 'get', merchantId], next);
      void queries.invalidateQueries({ queryKey: ['merchants'] });
      void queries.invalidateQueries({ queryKey: ['returns', 'assess'] });
    },
    refused: (error: unknown): void => {
      if (asApiError(error).code === 'CONFLICT') {
        void queries.invalidateQueries({ queryKey: ['merchants', 'get', merchantId] });
      }
    },
  };
}
