import { Button, Card } from 'antd';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { SessionState } from '../../contract/workstation/session.ts';
import { LanguageSwitch } from '../kernel/components/language-switch.tsx';
import { OfflineNotice } from './sign-in-page.tsx';
import { SignInForm } from './sign-in-form.tsx';
import './lock.css';

/**
 * A layer over everything the window shows, panels and lists too. What lies below stays as it is, and is neither seen, read
 * out, nor reached by a key.
 */
function useCover(): HTMLElement {
  const [layer] = useState(() => {
    const made = document.createElement('div');
    made.className = 'heshi-lock-layer';
    return made;
  });
  useEffect(() => {
    document.body.append(layer);
    document.body.classList.add('heshi-locked');
    const below = (event: KeyboardEvent): void => {
      if (!(event.target instanceof Node) || !layer.contains(event.target)) event.stopImmediatePropagation();
    };
    // The page's shortcuts listen at the window.
    const own = (event: KeyboardEvent): void => event.stopPropagation();
    window.addEventListener('keydown', below, { capture: true });
    layer.addEventListener('keydown', own);
    return () => {
      window.removeEventListener('keydown', below, { capture: true });
      layer.removeEventListener('keydown', own);
      document.body.classList.remove('heshi-locked');
      layer.remove();
    };
  }, [layer]);
  return layer;
}

/** Closes the window to all eyes until its person, or who takes over from them, has shown who they are. */
export function LockScreen({
  state,
  last,
  shift,
  onShift,
  onEntered,
}: {
  state: SessionState;
  /** Whose page lies below. */
  last: { staffId: string; name: string };
  /** Somebody else takes over. */
  shift: boolean;
  onShift: (shift: boolean) => void;
  onEntered: () => Promise<void>;
}) {
  const { t } = useTranslation('session');
  const layer = useCover();
  useEffect(() => {
    layer.querySelector<HTMLElement>(shift ? '#sign-in-person' : '#sign-in-secret')?.focus();
  }, [layer, shift]);
  const { name } = last;
  return createPortal(
    <main className="heshi-centred" role="dialog" aria-modal aria-labelledby="lock-title">
      <Card className="heshi-gate">
        <h1 id="lock-title" className="heshi-section-title">
          {shift ? t('lock.shift') : t('lock.title')}
        </h1>
        <p>
          {shift
            ? t('lock.shiftText', { name })
            : `${t(`lock.by.${state.locked?.reason ?? 'restart'}`, { name })}${t('lock.kept')}`}
        </p>
        <OfflineNotice offline={state.offline} />
        <SignInForm
          key={shift ? 'shift' : 'unlock'}
          person={shift ? null : last.staffId}
          submit={shift ? t('signIn.submit') : t('lock.unlock')}
          onEntered={onEntered}
        />
        <div className="heshi-lock-others">
          <LanguageSwitch />
          {state.locked === null ? null : (
            <Button type="text" onClick={() => onShift(!shift)}>
              {shift ? t('lock.unlock') : t('lock.shift')}
            </Button>
          )}
        </div>
      </Card>
    </main>,
    layer,
  );
}
