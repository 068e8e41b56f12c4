import { Navigate } from 'react-router';
import { useSession } from '../kernel/app/session.ts';
import { homeOf } from './navigation.ts';

/** Where the day begins: for who answers for a shop at the shop's own page, for who handles cases with what is due today. */
export function Home() {
  const { staff } = useSession();
  return <Navigate to={`/${homeOf(staff.capabilities)}`} replace />;
}
