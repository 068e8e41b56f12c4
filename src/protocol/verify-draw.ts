import { hash } from 'node:crypto';
import {
  candidatesText,
  type CandidateClass,
  drawFrom,
  type InspectionState,
  seedOf,
} from '../domain/inspection/index.ts';

/** What stands for the list that a draw is made from: SHA-256 over its text, hexadecimal. */
export function candidatesHash(classes: readonly Pick<CandidateClass, 'class' | 'candidates'>[]): string {
  return hash('sha256', candidatesText(classes));
}

/** Whether hash and list of a draw come out again of what its facts say; `drawAgrees` is null where nobody has drawn yet. */
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
