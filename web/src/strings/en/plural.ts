/** The form that goes with a number, in languages that have two. */
export const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);
