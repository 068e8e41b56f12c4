import { useTranslation } from 'react-i18next';
import { instalmentsOf, type CaseState, type InstalmentView } from '../../domain/case/index.ts';
import { Money } from '../kernel/components/money.tsx';
import { useToday } from '../kernel/kit/now.tsx';
import './instalments.css';

/** What was agreed to be paid when, and what has been: nothing where it is not by instalments. */
export function InstalmentTable({ state }: { state: CaseState }) {
  const { t } = useTranslation('cases');
  const today = useToday();
  const instalments = instalmentsOf(state);
  if (instalments.length === 0) return null;
  const standing = ({ state: stands, dueOn, keptOn }: InstalmentView): string => {
    if (keptOn !== null) return t('instalment.state.kept', { day: keptOn });
    return t(stands === 'next' && dueOn < today ? 'instalment.state.late' : `instalment.state.${stands}`);
  };
  return (
    <table className="heshi-instalments">
      <caption>
        {t('instalment.kept', {
          kept: instalments.filter(({ keptOn }) => keptOn !== null).length,
          all: instalments.length,
        })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('instalment.place')}</th>
          <th scope="col">{t('instalment.until')}</th>
          <th scope="col" className="heshi-number">
            {t('instalment.money')}
          </th>
          <th scope="col">{t('instalment.standing')}</th>
        </tr>
      </thead>
      <tbody>
        {instalments.map((one) => (
          <tr key={one.place} data-state={one.state === 'next' && one.dueOn < today ? 'late' : one.state}>
            <th scope="row">{one.place}</th>
            <td>{one.dueOn}</td>
            <td className="heshi-number">
              <Money fen={one.amountFen} />
            </td>
            <td>{standing(one)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
