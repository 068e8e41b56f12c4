import { sql } from 'kysely';
import { textColumn } from '../kernel/db/binary-arrays.ts';
import type { Follower } from '../kernel/ingest/follower.ts';

/**
 * Keeps which merchant each public code leads to, or has led to. A code is whoever's it was first: one that is copied into
 * another merchant's record leads there all the same.
 */
export const keepPublicCodes: Follower = {
  name: 'public codes',
  follow: ({ changes }) => {
    const given = changes.flatMap(({ event, after }) =>
      event.type === 'public-code-issued' && after.kind === 'merchant'
        ? [{ code: after.state.publicCodes?.at(-1)?.code ?? '', merchantId: after.state.id }]
        : [],
    );
    if (given.length === 0) return [];
    return [
      sql`
      INSERT INTO public_code (code, merchant_id)
      SELECT * FROM unnest(${textColumn(given.map(({ code }) => code))}::text[],
        ${textColumn(given.map(({ merchantId }) => merchantId))}::text[]) AS given (code, merchant_id)
      ORDER BY code ON CONFLICT DO NOTHING`,
    ];
  },
};
