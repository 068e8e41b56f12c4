import { hash } from '@node-rs/argon2';
import { enrolTestDevice, type TestDevice } from '../tests/support/device.ts';
import { PASSWORD } from '../tests/support/workstation.ts';
import type { RunningCentre } from '../tools/world/centre.ts';

const MALLS_PER_CIRCLE = 16;
const SHOPS_PER_MALL = 16;
const AT_ONCE = 500;

/** The person in charge of a shop: `/HS/C1/M2/S3`. */
export function staffOf(path: string): string {
  return `manager${path.replaceAll('/', '-')}`;
}

/** Makes a district with so many shops, each with a person, and returns their paths. */
export async function makeShops(centre: RunningCentre, count: number): Promise<string[]> {
  const shops = Array.from({ length: count }, (_, index) => {
    const mall = Math.floor(index / SHOPS_PER_MALL);
    return `/HS/C${Math.floor(mall / MALLS_PER_CIRCLE)}/M${mall}/S${index}`;
  });
  const above = (path: string): string => path.slice(0, path.lastIndexOf('/'));
  const malls = [...new Set(shops.map(above))];
  const circles = [...new Set(malls.map(above))];
  const unit = (level: number, party: 'regulator' | 'operator' | 'merchant') => (path: string) => ({
    path,
    name: `${path.slice(path.lastIndexOf('/') + 1)}（虚构）`,
    level,
    party,
    disputePoint: true,
  });
  const units = [
    unit(4, 'regulator')('/HS'),
    ...circles.map(unit(3, 'operator')),
    ...malls.map(unit(2, 'operator')),
    ...shops.map(unit(1, 'merchant')),
  ];
  const passwordHash = await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 });
  for (let done = 0; done < units.length; done += AT_ONCE)
    await centre.admin.admin.createUnits({ units: units.slice(done, done + AT_ONCE) });
  for (let done = 0; done < shops.length; done += AT_ONCE) {
    const staff = shops.slice(done, done + AT_ONCE).map((unitPath) => ({
      id: staffOf(unitPath),
      name: '测试员',
      role: 'shop-manager' as const,
      unitPath,
      passwordHash,
    }));
    await centre.admin.admin.addStaff({ staff });
  }
  return shops;
}

/** Enrols a device at each of these units, a few at a time, and does with each what `take` does. */
export async function enrolAll<Taken>(
  centre: RunningCentre,
  unitPaths: readonly string[],
  take: (device: TestDevice) => Promise<Taken>,
): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (let done = 0; done < unitPaths.length; done += AT_ONCE) {
    const paths = unitPaths.slice(done, done + AT_ONCE);
    const { codes } = await centre.admin.admin.createCodes({ unitPaths: paths, validMinutes: 600 });
    const waiting = codes.map(({ code }) => code);
    const worker = async (): Promise<void> => {
      for (let code = waiting.pop(); code !== undefined; code = waiting.pop())
        taken.push(await take(await enrolTestDevice({ url: centre.url, code })));
    };
    await Promise.all(Array.from({ length: 8 }, worker));
  }
  return taken;
}
