import { uuidv7 } from 'uuidv7';
import type { Visit } from '../../src/contract/workstation/street.ts';
import { businessDay, shiftDay } from '../../src/domain/kernel/calendar/index.ts';
import { checklistOn } from '../../src/domain/street/index.ts';
import type { PlannedMerchant } from '../world/plan.ts';
import type { WorkstationHandle } from '../world/workstation.ts';
import type { World } from '../world/world.ts';
import { castOf } from './exemplary-shop.ts';

/** A picture of one point: a photograph of nobody and nothing. */
const PHOTO =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const SHOPS = 8;
const STATIONS = [
  {
    name: '东门骑手驿站（虚构）',
    place: '【虚构示例】一楼服务台旁',
    opens: '09:00',
    closes: '21:00',
    offers: ['water', 'rest', 'phone-charging', 'toilet'],
    note: '',
  },
  {
    name: '天一暖心驿站（虚构）',
    place: '【虚构示例】地下一层美食区入口',
    opens: '10:00',
    closes: '02:00',
    offers: ['meal-discount', 'water', 'microwave', 'vehicle-charging'],
    note: '【虚构示例】骑手套餐 12 元',
  },
];

/**
 * A street of the circle whose shop's year is told: patrolled ten days ago, plaques for those that passed, and today a re-check that fails,
 * by which a plaque goes; one re-check is due tomorrow. And two stations for riders. All of it is invented.
 */
export async function streetStory({ plan, workstations }: World): Promise<void> {
  const { shop, sister, circle, mall, district } = castOf(plan);
  const at = (path: string): WorkstationHandle => {
    const found = workstations.get(path);
    if (!found) throw new Error(`No workstation at ${path}`);
    return found;
  };
  const desk = at(circle);
  const { streets, stations } = desk.api;
  const today = businessDay(new Date().toISOString());
  const others = plan.merchants.filter(
    (one) => one !== shop && one !== sister && one.unitPath.startsWith(`${circle}/`),
  );
  const merchants = [shop, sister, ...others].slice(0, SHOPS);
  const streetId = uuidv7();
  await streets.open({ streetId, name: '药行街明码标价示范街（虚构）', unitPath: circle });
  for (const { id } of merchants) await streets.join({ eventId: uuidv7(), streetId, merchantId: id });
  const photo = {
    ...(await streets.keepPhoto({ name: 'IMG_0001.png', base64: PHOTO })),
    file: 'IMG_0001.png',
  };

  const visit = (on: string, { id }: PlannedMerchant, missed: readonly string[], recheck: string): Visit => ({
    merchantId: id,
    answers: (checklistOn(on)?.items ?? []).map(({ code: item }) => ({
      item,
      answer: missed.includes(item) ? 'missed' : 'met',
      note: missed.includes(item) ? '【虚构示例】' : '',
      photos: missed.includes(item) ? [photo] : [],
    })),
    findings: missed.length > 0 ? '【虚构示例】当场指出，店铺答应改正。' : '',
    recheckOn: missed.length > 0 ? recheck : null,
  });
  const first = { patrolId: uuidv7(), streetId, on: shiftDay(today, -10) };
  const [, , third, fourth] = merchants;
  const missedBy = new Map([
    [sister.id, ['gift']],
    [third?.id, ['price-change']],
    [fourth?.id, ['original-price', 'compared-price']],
  ]);
  const found = await streets.patrol({
    ...first,
    shops: merchants.map((one) => visit(first.on, one, missedBy.get(one.id) ?? [], shiftDay(today, 1))),
  });
  for (const { merchantId, passed } of found.shops) {
    if (!passed) continue;
    const { state } = (await streets.shop({ merchantId })) ?? {};
    await streets.act({
      merchantId,
      revision: state?.revision ?? 0,
      eventId: uuidv7(),
      action: { step: 'plaque-granted', payload: { patrolId: first.patrolId, on: shiftDay(today, -8) } },
    });
  }
  const again = { patrolId: uuidv7(), streetId, on: today };
  const failing = visit(today, sister, ['gift', 'nothing-beyond'], shiftDay(today, 14));
  await streets.patrol({ ...again, shops: [failing] });
  for (const station of STATIONS) await stations.open({ ...station, stationId: uuidv7(), unitPath: circle });
  for (const { running } of [desk, at(district), at(mall), at(shop.unitPath)]) {
    await running.parts.sync.run();
    await running.parts.uploads.run();
  }
}
