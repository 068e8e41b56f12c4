import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { shiftDay } from '../../domain/kernel/calendar/index.ts';
import { GoodsCategory } from '../../domain/return/index.ts';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { useToday } from '../kernel/kit/now.tsx';
import { Dialog, type DialogField } from '../kernel/kit/dialog.tsx';

type Props = { onClose: () => void; onOpened: (id: string) => void };

const LAST_DAY_OF_YEAR = 364;
/** As the first policy in Ningbo had it: ¥200,000 a year, a tenth of the price, at most ¥500 a case. */
const USUAL = { sum: 20_000_000, premium: 600_000, percent: 10, perCase: 50_000 };

/** The units where a fund or a policy may be kept: the person's own, and those below. */
function useUnitField(): DialogField {
  const { t } = useTranslation('funds');
  const { state } = useSession();
  const units = useQuery({ queryKey: ['merchants', 'units'], queryFn: () => api.merchants.units() });
  return {
    kind: 'choice',
    name: 'unitPath',
    label: t('field.unitPath'),
    ...(state.enrolment?.unit ? { initial: state.enrolment.unit.path } : {}),
    options: (units.data ?? [])
      .filter(({ party }) => party !== 'merchant')
      .map(({ path, name }) => ({ value: path, label: name })),
  };
}

/** Opens a fund, with what always stays in it. */
export function OpenFundDialog({ onClose, onOpened }: Props) {
  const { t } = useTranslation('funds');
  const unit = useUnitField();
  return (
    <Dialog
      title={t('openFund')}
      text={t('noFundsText')}
      onClose={onClose}
      fields={[
        { kind: 'text', name: 'name', label: t('field.name'), initial: t('funds') },
        unit,
        { kind: 'amount', name: 'floorFen', label: t('field.floor'), help: t('field.floorHint') },
      ]}
      save={async (values, fundId) => {
        await api.funds.open({
          fundId,
          name: String(values['name']),
          unitPath: String(values['unitPath']),
          floorFen: Number(values['floorFen']),
        });
        onOpened(fundId);
      }}
    />
  );
}

/** Records a policy of return insurance. */
export function TakePolicyDialog({ onClose, onOpened }: Props) {
  const { t } = useTranslation('funds');
  const { t: tReturns } = useTranslation('returns');
  const today = useToday();
  const unit = useUnitField();
  const chosen = (value: unknown): string[] | null =>
    Array.isArray(value) && value.length > 0 ? value.map(String) : null;
  return (
    <Dialog
      title={t('takePolicy')}
      text={t('noPoliciesText')}
      onClose={onClose}
      fieldOf={(field) => (field === 'ratePerMille' ? 'percent' : field)}
      fields={[
        { kind: 'text', name: 'number', label: t('field.number') },
        { kind: 'text', name: 'insurer', label: t('field.insurer') },
        unit,
        { kind: 'day', name: 'from', label: t('field.from'), initial: today },
        { kind: 'day', name: 'to', label: t('field.to'), initial: shiftDay(today, LAST_DAY_OF_YEAR) },
        { kind: 'amount', name: 'sumFen', label: t('field.sum'), initial: USUAL.sum },
        { kind: 'amount', name: 'premiumFen', label: t('field.premium'), initial: USUAL.premium },
        { kind: 'number', name: 'percent', label: t('field.percent'), initial: USUAL.percent },
        { kind: 'amount', name: 'perCaseFen', label: t('field.perCase'), initial: USUAL.perCase },
        {
          kind: 'choices',
          name: 'goods',
          label: t('field.goods'),
          help: t('field.goodsHint'),
          options: GoodsCategory.options.map((value) => ({ value, label: tReturns(`goods.${value}`) })),
        },
        {
          kind: 'records',
          name: 'merchantIds',
          label: t('field.merchants'),
          help: t('field.merchantsHint'),
          find: async (search) =>
            (await api.merchants.list({ limit: 20, ...(search === '' ? {} : { search }) })).items.map(
              (one) => ({
                value: one.id,
                label: one.name,
              }),
            ),
        },
      ]}
      save={async (values, policyId) => {
        await api.funds.takePolicy({
          policyId,
          number: String(values['number']),
          insurer: String(values['insurer']),
          unitPath: String(values['unitPath']),
          from: String(values['from']),
          to: String(values['to']),
          sumFen: Number(values['sumFen']),
          premiumFen: Number(values['premiumFen']),
          ratePerMille: Math.round(Number(values['percent']) * 10),
          perCaseFen: Number(values['perCaseFen']),
          merchantIds: chosen(values['merchantIds']),
          goods: chosen(values['goods']),
        });
        onOpened(policyId);
      }}
    />
  );
}
