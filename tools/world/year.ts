import { promiseTask } from './promise-story.ts';
import { returnTask } from './return-story.ts';
import { disputeTask, type StoryParts, type Task } from './story.ts';
import type { PlannedMerchant } from './plan.ts';
import { createRandom } from './random.ts';
import { inParallel, type WorkstationHandle } from './workstation.ts';
import { createTruth, type Truth } from './truth.ts';
import type { SimulatedClock } from './clock.ts';
import type { World } from './world.ts';

export type YearOptions = {
  world: World;
  clock: SimulatedClock;
  seed: number;
  days: number;
  disputes: number;
  returns: number;
  /** Days after the last new one in which open cases may still end; 0 leaves them open. */
  aftermathDays: number;
  /** A workstation whose facts nobody waits for sends them after so many days; 0: at once. */
  syncEveryDays: number;
  /** Called before a workstation's tasks of a day; the simulation cuts, kills and reopens here. */
  beforeTasks?: (workstation: WorkstationHandle, day: number) => Promise<WorkstationHandle>;
  /** What happens beside the disputes and returns of the seed, and the merchants whose promises it tells. */
  beside?: (parts: StoryParts) => { tasks: readonly Task[]; promising: ReadonlySet<PlannedMerchant> };
  /** Called when a day begins; the centre's clock follows here. */
  onDay?: (day: number) => Promise<void>;
  onProgress?: (day: number, days: number) => void;
};

/** How many shops promise more than the roster said. */
const PROMISED = 0.25;

/** A task whose case has not arrived is tried again the next day. */
const RETRY_DAYS = 1;

/**
 * Lives the days: each task runs through the workstation's own commands at its own workstation, and workstations that
 * recorded something sync. Returns what must be true afterwards, counted on its own.
 */
export async function liveYear(options: YearOptions): Promise<{ truth: Truth; actions: number }> {
  const { world, clock, seed, days } = options;
  const units = new Map(world.plan.units.map((unit) => [unit.path, unit]));
  const truth = createTruth();
  const parts: StoryParts = {
    truth,
    seed,
    random: createRandom(seed).branch('year'),
    today: () => clock.text(clock.day()),
    dayNumber: () => clock.day(),
    levelOf: (path) => units.get(path)?.level ?? 0,
    isRegulator: (path) => units.get(path)?.party === 'regulator',
  };
  const agenda = new Map<number, Task[]>();
  const put = (task: Task): void => {
    const list = agenda.get(task.day);
    if (list) list.push(task);
    else agenda.set(task.day, [task]);
  };
  const beside = options.beside?.(parts);
  for (const task of newcomers(options, parts, beside?.promising)) put(task);
  for (const task of beside?.tasks ?? []) put(task);
  const sentOn = new Map<string, number>();
  let actions = 0;
  for (let day = 0; day < days + options.aftermathDays; day += 1) {
    const due = agenda.get(day) ?? [];
    agenda.delete(day);
    clock.setDay(day);
    await options.onDay?.(day);
    const byWorkstation = Map.groupBy(due, (task) => task.path);
    await inParallel([...byWorkstation], 8, async ([path, tasks]) => {
      let workstation = world.workstations.get(path);
      if (!workstation) throw new Error(`No workstation at ${path}`);
      if (options.beforeTasks) {
        workstation = await options.beforeTasks(workstation, day);
        world.workstations.set(path, workstation);
      }
      // A case from below may have come up since.
      if (tasks.some((task) => task.news)) await workstation.running.parts.sync.run();
      let waitedFor = false;
      for (const task of tasks) {
        const next = await task.run(workstation);
        if (next === 'later') put({ ...task, day: day + RETRY_DAYS });
        else {
          actions += 1;
          // What follows from today's work starts tomorrow at the earliest: workstations run side by side.
          for (const follow of next) {
            if (follow.path !== path) waitedFor = true;
            put({ ...follow, day: Math.max(follow.day, day + 1) });
          }
        }
      }
      if (waitedFor || day - (sentOn.get(path) ?? 0) >= options.syncEveryDays) {
        sentOn.set(path, day);
        await workstation.running.parts.sync.run();
      }
    });
    options.onProgress?.(day + 1, days + options.aftermathDays);
    if (day >= days && agenda.size === 0) break;
  }
  return { truth, actions };
}

/** Where and when disputes and returns come up: most in malls' busy shops, all over the year. */
function newcomers(
  options: YearOptions,
  parts: StoryParts,
  promising: ReadonlySet<PlannedMerchant> = new Set(),
): Task[] {
  const { world, days } = options;
  const random = createRandom(options.seed).branch('newcomers');
  const place = (): { path: string; merchant: PlannedMerchant } => {
    const merchant = random.pick(world.plan.merchants);
    // Merchants with a workstation of their own are met there first, and now and then at the mall's workstation.
    const path =
      merchant.unitPath === merchant.workstationPath || random.chance(0.2)
        ? merchant.workstationPath
        : merchant.unitPath;
    return { path, merchant };
  };
  const tasks: Task[] = [];
  for (let index = 0; index < options.disputes; index += 1) {
    const { path, merchant } = place();
    tasks.push(disputeTask(parts, random.whole(0, days - 1), path, merchant, index));
  }
  for (let index = 0; index < options.returns; index += 1) {
    const { path, merchant } = place();
    tasks.push(returnTask(parts, random.whole(0, days - 1), path, merchant, index));
  }
  // Drawn apart, so that the disputes and returns of a seed stay what they were.
  const promises = createRandom(options.seed).branch('promises');
  const shops = world.plan.merchants.filter(({ unitPath, workstationPath }) => unitPath !== workstationPath);
  for (const merchant of shops)
    if (promises.chance(PROMISED) && !promising.has(merchant))
      tasks.push(promiseTask(parts, promises.whole(1, days), merchant));
  return tasks;
}
