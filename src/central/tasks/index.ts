export { mendTasks, tasksEqualStates } from './anew.ts';
export { workOutTasks } from './work-out.ts';
