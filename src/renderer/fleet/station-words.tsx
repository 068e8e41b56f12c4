import { useTranslation } from 'react-i18next';
import type { FleetStation } from '../../contract/centre/fleet.ts';
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
function stateOf({ status, silent, report }: FleetStation): StateKey {
  if (status !== 'active') return status;
  if (silent) return 'silent';
  return report?.sign ?? 'unknown';
}

const personsOf = ({ report }: FleetStation): number =>
  report === null ? 0 : report.rejected + report.quarantined + report.unknown + report.salvaged;

/** True when somebody should look at it or call there. */
export function needsLook(station: FleetStation): boolean {
  if (station.status === 'revoked') return false;
  const state = stateOf(station);
  const clock = Math.abs(station.report?.clockOffsetMs ?? 0);
  return (
    state === 'silent' ||
    state === 'attention' ||
    state === 'quarantined' ||
    personsOf(station) > 0 ||
    clock > CLOCK_OFF_MS
  );
}

export function StationState({ station }: { station: FleetStation }) {
  const { t } = useTranslation('fleet');
  const common = useTranslation('common');
  const state = stateOf(station);
  const reason = state === 'attention' || state === 'offline' ? (station.report?.reason ?? null) : null;
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
export function StationWaiting({ station: { report, feedLag } }: { station: FleetStation }) {
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
export function StationAttention({ station }: { station: FleetStation }) {
  const { t } = useTranslation('fleet');
  const { report, refused } = station;
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
      {refused > 0 ? <div className="heshi-hint">{t('refusedEver', { total: refused })}</div> : null}
    </>
  );
}

export function StationClock({ station: { report } }: { station: FleetStation }) {
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
export function StationResync({ station: { resync } }: { station: FleetStation }) {
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
