import type { Random } from '../../world/random.ts';
import { afterMinutes, dayAt, isWorked, minuteAt, OPENS } from './calendar.ts';
import {
  accept,
  answerAsk,
  answerObjection,
  complete,
  conclude,
  file,
  giveBack,
  isOver,
  known,
  object,
  stageOf,
  submit,
  withdraw,
} from './deeds.ts';
import type { Desk, Task } from './desks.ts';
import type { PlannedApplication } from './plan.ts';

/** Who takes which part in one application. */
export type Parts = { filer: Desk; window: Desk; departments: ReadonlyMap<string, Desk> };

const put = (desk: Desk, from: number, run: Task['run']): void => void desk.tasks.push({ from, run });

/** Office minutes until a clerk replies who is in: mostly within the thirty that are promised. */
function replyMinutes(random: Random): number {
  if (random.chance(0.9)) return random.whole(3, 30);
  return random.chance(0.8) ? random.whole(31, 120) : random.whole(121, 480);
}

/** A minute in office hours so many working days later. */
function daysLater(at: number, days: number, random: Random): number {
  let day = dayAt(at);
  for (let left = days; left > 0;) {
    day += 1;
    if (isWorked(day)) left -= 1;
  }
  const from = days === 0 ? at : minuteAt(day, OPENS);
  return afterMinutes(from, random.whole(5, 400));
}

/** Everything that becomes of one application, each step planned once the one before it is done. */
export function planCourse(application: PlannedApplication, parts: Parts, random: Random): void {
  const { filer, window, departments } = parts;
  const patience = random.chance(0.02);
  const doubts = random.chance(0.06) ? application.matters[0]?.departments[0] : undefined;
  let returnFirst = random.chance(0.04);

  const reply: Task['run'] = async (desk, at) => {
    const state = await known(desk, application);
    if (state === undefined) return true;
    if (state.status !== 'filed') return false;
    if (returnFirst) {
      returnFirst = false;
      await giveBack(desk, state, at);
      put(filer, at + random.whole(200, 6000), completed);
      return false;
    }
    const asked = await accept(desk, state, application, at);
    for (const path of asked) ask(path, at);
    put(window, minuteAt(dayAt(at) + 1, OPENS), decide);
    return false;
  };
  const ask = (path: string, at: number): void => {
    const department = departments.get(path);
    if (department === undefined) throw new Error(`Nobody is at ${path}`);
    const days = random.chance(0.12)
      ? 0
      : random.chance(0.65)
        ? 1
        : random.chance(0.6)
          ? 2
          : random.whole(3, 6);
    put(department, daysLater(at, days, random), opinion);
  };
  const opinion: Task['run'] = async (desk, at) => {
    const state = await known(desk, application);
    if (state === undefined) return true;
    if (isOver(state) || state.status === 'submitted') return false;
    const own = state.asks.find(({ departmentPath }) => departmentPath === desk.path);
    // What was missed has not been handed in yet, as far as it is known here.
    if (own?.opinion !== null) return true;
    const misses = doubts === desk.path && own.earlier.length === 0;
    // Departments answer side by side: each draws by itself.
    const refuses = random.branch(`${desk.path} ${own.earlier.length}`).chance(0.07);
    await answerAsk(desk, state, at, misses ? 'incomplete' : refuses ? 'refuse' : 'agree');
    return false;
  };
  const decide: Task['run'] = async (desk, at) => {
    const state = await known(desk, application);
    if (state === undefined) return true;
    if (state.status !== 'accepted') return false;
    const stage = stageOf(state);
    if (stage === 'waiting') return true;
    if (stage === 'incomplete') {
      await giveBack(desk, state, at);
      put(filer, at + random.whole(200, 6000), completed);
    } else if (stage === 'agreed') {
      await submit(desk, state, at);
      put(window, daysLater(at, random.whole(0, 3), random), ending);
    } else await over(desk, at);
    return false;
  };
  const ending: Task['run'] = async (desk, at) => {
    const state = await known(desk, application);
    if (state?.status === 'submitted') await over(desk, at);
    return false;
  };
  const over = async (desk: Desk, at: number): Promise<void> => {
    const state = await known(desk, application);
    if (state === undefined) return;
    const endings = await conclude(desk, state, at);
    const refused = endings.some(({ outcome }) => outcome === 'refused');
    if (random.chance(refused ? 0.25 : 0.01)) put(filer, at + random.whole(600, 9000), objected);
  };
  const completed: Task['run'] = async (desk, at) => {
    const state = await known(desk, application);
    if (state === undefined) return true;
    if (isOver(state)) return false;
    // It goes back only when it is known here that it was sent back.
    if (state.status !== 'returned') return true;
    if (random.chance(0.08)) {
      await withdraw(desk, state, at);
      return false;
    }
    await complete(desk, state, at);
    if (state.accepted === null) {
      put(window, afterMinutes(at, replyMinutes(random)), reply);
      return false;
    }
    for (const { departmentPath, opinion: given } of state.asks)
      if (given?.answers.some(({ verdict }) => verdict === 'incomplete') === true) ask(departmentPath, at);
    put(window, minuteAt(dayAt(at) + 1, OPENS), decide);
    return false;
  };
  const objected: Task['run'] = async (desk, at) => {
    const state = await known(desk, application);
    if (state === undefined || state.objections.some(({ answer }) => answer === null)) return false;
    await object(desk, state, at);
    put(window, daysLater(at, random.whole(0, 6), random), objectionAnswered);
    return false;
  };
  const objectionAnswered: Task['run'] = async (desk, at) => {
    const state = await known(desk, application);
    return state === undefined || !(await answerObjection(desk, state, at));
  };

  put(filer, application.filedAt, async (desk, at) => {
    const filed = await file(desk, application, at);
    if (filed !== 'filed') return filed === 'unknown';
    put(window, afterMinutes(at, replyMinutes(random)), reply);
    if (patience)
      put(filer, at + random.whole(60, 4000), async (own, then) => {
        const state = await known(own, application);
        if (state !== undefined && !isOver(state)) await withdraw(own, state, then);
        return false;
      });
    return false;
  });
}
