import { Button, Popconfirm, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RepairOffer, RepairWay } from '../../contract/workstation/repair.ts';
import { exactTime } from '../kernel/components/when.tsx';

const CARRIES: ReadonlySet<RepairWay> = new Set(['facts', 'copy', 'centre']);

/** The ways that can work here, the one that brings most along first. */
export function Ways({
  offers,
  onBegin,
}: {
  offers: readonly RepairOffer[];
  onBegin: (way: RepairWay) => void;
}) {
  const { t } = useTranslation('repair');
  return (
    <section>
      <h2 className="heshi-section-title">{t('ways.title')}</h2>
      <p className="heshi-flush-top">{t('ways.kept')}</p>
      <ul className="heshi-repair-ways">
        {offers.map(({ way, facts, unsent, at }, index) => {
          const button = (
            <Button
              type={index === 0 ? 'primary' : 'default'}
              {...(way === 'anew' ? {} : { onClick: () => onBegin(way) })}
            >
              {t(`ways.${way}.do`)}
            </Button>
          );
          return (
            <li key={way}>
              <div>
                <h3>
                  {t(`ways.${way}.title`)}{' '}
                  {index === 0 ? <Tag color="processing">{t('ways.best')}</Tag> : null}
                </h3>
                <p className="heshi-flush">
                  {t(`ways.${way}.text`, { facts, at: at === null ? '' : exactTime(at) })}{' '}
                  {unsent > 0 && CARRIES.has(way) ? t('ways.along', { unsent }) : null}
                </p>
              </div>
              {way === 'anew' ? (
                <Popconfirm
                  title={t('ways.anewConfirm')}
                  okText={t('ways.anew.do')}
                  cancelText={t('ways.cancel')}
                  onConfirm={() => onBegin(way)}
                >
                  {button}
                </Popconfirm>
              ) : (
                button
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
