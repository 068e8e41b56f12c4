import { hash } from 'node:crypto';
import {
  candidatesText,
  type CandidateClass,
  drawFrom,
  type InspectionState,
  seedOf,
} from '../domain/inspection/index.ts';

/** The hash of a draw's candidate list: SHA-256 over its text, in hexadecimal. */
export function candidatesHash(classes: readonly Pick<CandidateClass, 'class' | 'candidates'>[]): string {
  return hash('sha256', candidatesText(classes));
}

/** Repeats a draw from its recorded facts and compares hash and result; `drawAgrees` is null while nothing was drawn. */
export function verifyDraw({
  classes,
  made,
  drawerSeed,
  candidatesHash: told,
}: Pick<InspectionState, 'classes' | 'made' | 'drawerSeed' | 'candidatesHash'>): {
  hashAgrees: boolean;
  drawAgrees: boolean | null;
  candidates: number;
} {
  const again = made === null ? null : drawFrom(classes, seedOf(drawerSeed, made.witnessSeed));
  return {
    hashAgrees: candidatesHash(classes) === told,
    drawAgrees: made === null ? null : JSON.stringify(again) === JSON.stringify(made.drawn),
    candidates: classes.reduce((sum, { candidates }) => sum + candidates.length, 0),
  };
}
