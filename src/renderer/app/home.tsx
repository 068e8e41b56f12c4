import { Navigate } from 'react-router';
import { useSession } from '../kernel/app/session.ts';

/** Where the day begins: for who answers for a shop at the shop's own page, else with what is due today. */
export function Home() {
  const { staff } = useSession();
  return <Navigate to={staff.capabilities.includes('shop.manage') ? '/shop' : '/today'} replace />;
}
