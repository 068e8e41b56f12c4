/** Steps a seed lives unless told otherwise. */
export const STEPS = 60;
/** Steps of the little runs that continuous integration affords. */
export const SMALL_STEPS = 20;
