import { Type, type Static } from 'typebox';
import { DeliveryStatus } from './journey.ts';

/** How many messages the searches find that a page offers ready-made. */
export const FilterCounts = Type.Object({
  Verdicts: Type.Partial(Type.Record(DeliveryStatus, Type.Integer()), {
    description: 'Messages with a delivery that stands so; of `rejected`, `bounced`, `deferred` and `held`',
  }),
  Tags: Type.Array(Type.Object({ Tag: Type.String(), Count: Type.Integer() }), { description: 'Sorted by tag' }),
});
export type FilterCounts = Static<typeof FilterCounts>;
