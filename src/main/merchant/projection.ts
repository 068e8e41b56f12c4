import { defineProjection } from '../kernel/store/projection.ts';

export const merchantProjection = defineProjection({
  kind: 'merchant',
  directory: false,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: {
    plural: 'merchants',
    columns:
      'id name credit_code=creditCode category unit_path=unitPath phone commitments committed invented',
    kept: 'invented',
    row: (state) => ({
      id: state.id,
      name: state.name,
      creditCode: state.creditCode,
      category: state.category,
      unitPath: state.unitPath,
      phone: state.phone,
      commitments: JSON.stringify(state.commitments),
      committed: state.commitments.at(-1)?.effectiveTo === null ? 1 : 0,
      invented: state.invented ? 1 : 0,
    }),
  },
});
