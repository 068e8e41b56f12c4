import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shownTotal } from '../kernel/components/total.ts';

/** One column of the board: its name and total, its first cases as cards, or what it means that there is none. */
export function Column<Item extends { id: string }>({
  name,
  empty,
  column: { cases, total },
  card,
}: {
  name: string;
  empty: string;
  column: { cases: readonly Item[]; total: number };
  card: (item: Item) => ReactNode;
}) {
  const { t } = useTranslation('deadlines');
  return (
    <section aria-label={name}>
      <h2>{t('column', { name, total: shownTotal(total) })}</h2>
      {cases.length === 0 ? <p className="heshi-hint">{empty}</p> : null}
      <ul>
        {cases.map((item) => (
          <li key={item.id}>{card(item)}</li>
        ))}
      </ul>
      {total > cases.length ? <p className="heshi-hint">{t('more', { shown: cases.length })}</p> : null}
    </section>
  );
}
