import { useQuery } from '@tanstack/react-query';
import { api } from '../kernel/api/client.ts';
import type { Option } from '../kernel/components/field.tsx';
import { useSession } from '../kernel/app/session.ts';

/** The units of the person's scope to choose from; `below` leaves out the own one. */
export function useUnitOptions(below = false): Option[] {
  const { staff } = useSession();
  const units = useQuery({ queryKey: ['rollup', 'units'], queryFn: () => api.rollup.units() });
  return (units.data ?? [])
    .filter(({ path, party }) => (below ? path !== staff.unit.path && party !== 'merchant' : true))
    .map(({ path, name }) => ({ value: path, label: name }));
}
