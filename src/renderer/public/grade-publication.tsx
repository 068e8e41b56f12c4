import { useQuery } from '@tanstack/react-query';
import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CirclePublication } from '../../contract/workstation/public.ts';
import { api } from '../kernel/api/client.ts';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { When } from '../kernel/components/when.tsx';
import { DecideForm } from './decide-form.tsx';
import './public.css';

/** The circles of the signed-in person, and whether the public sees the grades of their merchants; nothing where there are none. */
export function GradePublication() {
  const { t } = useTranslation('publication');
  const [deciding, setDeciding] = useState<string | null>(null);
  const circles = useQuery({ queryKey: ['publication'], queryFn: () => api.publication.circles() });
  const all = circles.data ?? [];
  if (all.length === 0) return null;
  const chosen = all.find(({ path }) => path === deciding);
  return (
    <Card size="small" title={<h2>{t('title')}</h2>}>
      <p className="heshi-hint">{t('text')}</p>
      <ul className="heshi-circles" aria-label={t('title')}>
        {all.map((one) => (
          <Circle key={one.path} circle={one} onDecide={() => setDeciding(one.path)} />
        ))}
      </ul>
      {chosen ? <DecideForm key={chosen.path} circle={chosen} onClose={() => setDeciding(null)} /> : null}
    </Card>
  );
}

function Circle({ circle, onDecide }: { circle: CirclePublication; onDecide: () => void }) {
  const { t } = useTranslation('publication');
  const { name, grades, set, canDecide } = circle;
  const action = t(grades ? 'hide' : 'show');
  return (
    <li className="heshi-row">
      <strong>{name}</strong>
      <StatusTag tone={grades ? 'good' : 'neutral'}>{t(grades ? 'shown' : 'hidden')}</StatusTag>
      {set === null ? (
        <span>{t('never')}</span>
      ) : (
        <span>
          {t('by', { name: set.name, reason: set.reason })} · <When at={set.at} />
        </span>
      )}
      {canDecide ? (
        <Button size="small" className="heshi-push" aria-label={t('of', { action, name })} onClick={onDecide}>
          {action}
        </Button>
      ) : null}
    </li>
  );
}
