import { Type, type Static } from 'typebox';

const Trigger = (code: number) =>
  Type.Object({
    ErrorCode: Type.Integer({ default: code, description: '400–599' }),
    Probability: Type.Integer({ default: 0, description: 'Per cent, 0–100' }),
  });

/** Mailpit's three faults. */
const TRIGGERS = { Sender: Trigger(451), Recipient: Trigger(451), Authentication: Trigger(535) };

/** What `/chaos` answers. */
export const Chaos = Type.Object({
  ...TRIGGERS,
  Faults: Type.Array(
    Type.Object({
      Rule: Type.String({ description: 'As catch_chaos has it' }),
      Seen: Type.Integer({ description: 'Events that it is about' }),
      Struck: Type.Integer({ description: 'Those of them that it struck' }),
    }),
    { description: 'All that is in force, those of the triggers included (an addition)' },
  ),
});
export type Chaos = Static<typeof Chaos>;

/** One of Mailpit's faults. */
export type Trigger = Chaos['Sender'];

const SetTrigger = Type.Optional(
  Type.Object({ ErrorCode: Type.Optional(Type.Integer()), Probability: Type.Optional(Type.Integer()) }),
);

/** The body of `PUT /chaos`. */
export const SetChaos = Type.Object({
  Sender: SetTrigger,
  Recipient: SetTrigger,
  Authentication: SetTrigger,
  Rules: Type.Optional(
    Type.Array(Type.String(), {
      description: 'Rules in the place of those of catch_chaos; absent: those hold again (an addition)',
    }),
  ),
});
export type SetChaos = Static<typeof SetChaos>;
