import { useTranslation } from 'react-i18next';
import type { FleetWorkstation } from '../../contract/centre/fleet.ts';
import { StatusTag, type Tone } from '../kernel/components/status-tag.tsx';
import { useOffsetWords } from '../kernel/components/use-offset-words.ts';
import { When } from '../kernel/components/when.tsx';

/** Beyond this a person should set the clock. */
const CLOCK_OFF_MS = 5 * 60_000;

type StateKey =
  | 'proved'
  | 'waiting'
  | 'offline'
  | 'attention'
  | 'unknown'
  | 'silent'
  | 'revoked'
  | 'quarantined';

const TONES: Record<StateKey, Tone> = {
  proved: 'good',
  waiting: 'active',
  offline: 'warning',
  attention: 'bad',
  unknown: 'neutral',
  silent: 'warning',
  revoked: 'neutral',
  quarantined: 'bad',
};

/** What is worst about a workstation decides the word. */
function stateOf({ status, silent, report }: FleetWorkstation): StateKey {
  if (status !== 'active') return status;
  if (silent) return 'silent';
  return report?.sign ?? 'unknown';
}

const personsOf = ({ report }: FleetWorkstation): number =>
  report === null ? 0 : report.rejected + report.quarantined + report.unknown + report.salvaged;

/** So many wrong passwords are no slips any more. */
const MANY_WRONG = 10;
const DAY_MS = 24 * 3_600_000;

/** True where somebody has been trying passwords lately. */
function isGuessedAt({ report }: FleetWorkstation): boolean {
  const { failed = 0, lastFailedAt = null } = report?.signIns ?? {};
  if (report === null || lastFailedAt === null || failed < MANY_WRONG) return false;
  // Both by the centre's clock, once the workstation's offset is taken off.
  return Date.parse(report.at) - (Date.parse(lastFailedAt) - report.clockOffsetMs) < DAY_MS;
}

/** True when somebody should look at it or call there. */
export function needsLook(workstation: FleetWorkstation): boolean {
  if (workstation.status === 'revoked') return false;
  const state = stateOf(workstation);
  const clock = Math.abs(workstation.report?.clockOffsetMs ?? 0);
  return (
    state === 'silent' ||
    state === 'attention' ||
    state === 'quarantined' ||
    personsOf(workstation) > 0 ||
    isGuessedAt(workstation) ||
    clock > CLOCK_OFF_MS
  );
}

export function WorkstationState({ workstation }: { workstation: FleetWorkstation }) {
  const { t } = useTranslation('fleet');
  const common = useTranslation('common');
  const state = stateOf(workstation);
  const reason = state === 'attention' || state === 'offline' ? (workstation.report?.reason ?? null) : null;
  const known = reason !== null && common.i18n.exists(`common:sync.short.${reason}`);
  return (
    <>
      <StatusTag tone={TONES[state]}>{t(`state.${state}`)}</StatusTag>
      {known ? (
        <div className="heshi-hint">{common.t(`sync.short.${reason}` as 'sync.short.unexpected')}</div>
      ) : null}
    </>
  );
}

/** How much waits there and since when; and how far it is behind what the centre has for it. */
export function WorkstationWaiting({ workstation: { report, feedLag } }: { workstation: FleetWorkstation }) {
  const { t } = useTranslation('fleet');
  if (report === null) return <span className="heshi-hint">{t('none')}</span>;
  return (
    <>
      {report.waiting === 0 || report.waitingSince === null ? (
        report.waiting
      ) : (
        <>
          {t('waitingOf', { total: report.waiting })} <When at={report.waitingSince} />
        </>
      )}
      {report.evidenceWaiting > 0 ? <div>{t('files', { total: report.evidenceWaiting })}</div> : null}
      {(feedLag ?? 0) > 0 ? <div className="heshi-hint">{t('behind', { total: feedLag })}</div> : null}
    </>
  );
}

/** What needs a person there, by kind; and how many facts the centre ever refused of it. */
export function WorkstationAttention({ workstation }: { workstation: FleetWorkstation }) {
  const { t } = useTranslation('fleet');
  const { report, refused } = workstation;
  const parts =
    report === null
      ? []
      : ([
          ['rejected', report.rejected],
          ['setAside', report.quarantined],
          ['unknown', report.unknown],
          ['salvaged', report.salvaged],
        ] as const);
  const shown = parts.filter(([, total]) => total > 0);
  return (
    <>
      {shown.length === 0 ? '0' : shown.map(([name, total]) => <div key={name}>{t(name, { total })}</div>)}
      {report?.signIns && report.signIns.lastFailedAt !== null ? (
        <div className={isGuessedAt(workstation) ? 'heshi-late' : 'heshi-hint'}>
          {t('wrongPasswords', { total: report.signIns.failed })} <When at={report.signIns.lastFailedAt} />
        </div>
      ) : null}
      {refused > 0 ? <div className="heshi-hint">{t('refusedEver', { total: refused })}</div> : null}
    </>
  );
}

export function WorkstationClock({ workstation: { report } }: { workstation: FleetWorkstation }) {
  const { t } = useTranslation('fleet');
  const words = useOffsetWords();
  if (report === null) return <span className="heshi-hint">{t('none')}</span>;
  if (Math.abs(report.clockOffsetMs) <= CLOCK_OFF_MS) return <>{t('clockRight')}</>;
  const { rough: difference, exact } = words(report.clockOffsetMs);
  return (
    <strong className="heshi-late" title={exact}>
      {report.clockOffsetMs > 0 ? t('clockAhead', { difference }) : t('clockBehind', { difference })}
    </strong>
  );
}

/** The last comparison that was asked for: by whom, why, and what it found. */
export function WorkstationResync({ workstation: { resync } }: { workstation: FleetWorkstation }) {
  const { t } = useTranslation('fleet');
  if (resync === null) return null;
  const { askedBy, reason, result } = resync;
  return (
    <div className="heshi-hint">
      {result === null
        ? t('resync.asked', { name: askedBy })
        : t('resync.result', {
            compared: result.compared,
            missing: result.missing,
            different: result.different,
            mended: result.mended,
          })}{' '}
      ({t('resync.reasonWas', { name: askedBy, reason })})
    </div>
  );
}
