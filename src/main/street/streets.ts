import { photosOf } from '../../domain/street/index.ts';
import { keepFile, readFile } from '../evidence/index.ts';
import { serviceError } from '../kernel/errors.ts';
import { os } from '../kernel/implementer.ts';
import { loadState } from '../kernel/store/index.ts';
import { actOnShop, joinStreet, openStreet, patrolStreet } from './commands.ts';
import { listStreets, streetDetail, storefrontDetail } from './views.ts';

export const streets = {
  list: os.streets.list.handler(({ context }) => listStreets(context)),
  get: os.streets.get.handler(({ context, input }) => streetDetail(context, input.id)),
  shop: os.streets.shop.handler(({ context, input }) => storefrontDetail(context, input.merchantId)),
  open: os.streets.open.handler(async ({ context, input }) => {
    await openStreet(context, input);
    return streetDetail(context, input.streetId);
  }),
  join: os.streets.join.handler(async ({ context, input }) => {
    await joinStreet(context, input);
    return streetDetail(context, input.streetId);
  }),
  patrol: os.streets.patrol.handler(async ({ context, input }) => {
    await patrolStreet(context, input);
    return streetDetail(context, input.streetId);
  }),
  act: os.streets.act.handler(async ({ context, input }) => {
    await actOnShop(context, input);
    return storefrontDetail(context, input.merchantId);
  }),
  keepPhoto: os.streets.keepPhoto.handler(({ context, input }) => keepFile(context, input)),
  openPhoto: os.streets.openPhoto.handler(async ({ context, input: { merchantId, sha256 } }) => {
    const state = await loadState(context.workstation.store.read, 'storefront', merchantId);
    const photo = state && photosOf(state).find((one) => one.sha256 === sha256);
    if (!photo) throw serviceError('NOT_FOUND');
    return readFile(context, merchantId, { ...photo, name: photo.file });
  }),
};
