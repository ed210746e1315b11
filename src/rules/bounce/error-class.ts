import type { View } from '../world.ts';

/** Kinds of trouble that the postmaster may want to hear of. @see postconf(5), notify_classes */
export type ErrorClass = 'bounce' | '2bounce' | 'data' | 'delay' | 'policy' | 'protocol' | 'resource' | 'software';

const CLASSES: ReadonlySet<string> = new Set<ErrorClass>([
  'bounce',
  '2bounce',
  'data',
  'delay',
  'policy',
  'protocol',
  'resource',
  'software',
]);

/** Which of them the postmaster is told of. @param view that of the daemon that would tell */
export function readNotifyClasses(view: View): ReadonlySet<ErrorClass> {
  return view.once('notify_classes', () => {
    const words = view.words('notify_classes').map((word) => word.toLowerCase());
    return new Set(words.filter((word): word is ErrorClass => CLASSES.has(word)));
  });
}
