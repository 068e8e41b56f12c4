import { Button, Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Role } from '../../domain/kernel/event/event.ts';
import { useSession } from '../kernel/app/session.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { Page } from '../kernel/components/page.tsx';
import { useNavigation } from './navigation.ts';

/** Roles whose work comes to them from elsewhere, each with words of its own for a day on which there is none. */
const WAITING = ['repair-clerk', 'department-reviewer', 'finance-officer'] as const;

const waitingRole = (role: Role): (typeof WAITING)[number] | 'other' =>
  WAITING.find((one) => one === role) ?? 'other';

/** Where the day begins for who handles no cases: the rooms that they may open, or, where there is none, what to do. */
export function StartPage() {
  const { t, i18n } = useTranslation('common');
  const navigate = useNavigate();
  const { staff } = useSession();
  // Every room asks for something: what is open to everybody is no work.
  const rooms = useNavigation().filter(
    ({ permission, icon }) => permission !== undefined && icon !== undefined,
  );
  return (
    <Page
      title={`${t(`role.${staff.role}`)} · ${staff.unit.name}`}
      tags={staff.unit.body === null ? null : <Tag>{t(`body.${staff.unit.body}`)}</Tag>}
    >
      {rooms.length > 0 ? (
        <section aria-label={t('start.rooms')}>
          <h2 className="heshi-section-title">{t('start.rooms')}</h2>
          <div className="heshi-stats">
            {rooms.map(({ path, label, icon }) => (
              <Card size="small" key={path}>
                <Button type="link" icon={icon} onClick={() => void navigate(`/${path}`)}>
                  {label(i18n.t)}
                </Button>
              </Card>
            ))}
          </div>
        </section>
      ) : (
        <EmptyState
          title={t('start.none')}
          text={t(`start.role.${waitingRole(staff.role)}`)}
          action={<Button onClick={() => void navigate('/account')}>{t('action.account')}</Button>}
        />
      )}
    </Page>
  );
}
