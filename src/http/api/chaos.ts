import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FaultRule, FaultStage } from '../../rules/chaos/fault-rule.ts';
import { readFaultRules } from '../../rules/chaos/read-fault-rules.ts';
import type { Ports } from './ports.ts';
import { parseBody } from './request-body.ts';
import { RequestError } from './request-error.ts';
import { Chaos, SetChaos, type Trigger } from './schemas/chaos.ts';
import { BadRequest, jsonBody } from './schemas/reply.ts';

type Triggers = Pick<Chaos, 'Sender' | 'Recipient' | 'Authentication'>;

const DEFAULTS: Triggers = {
  Sender: { ErrorCode: 451, Probability: 0 },
  Recipient: { ErrorCode: 451, Probability: 0 },
  Authentication: { ErrorCode: 535, Probability: 0 },
};

const STRUCK: Readonly<Record<keyof Triggers, { readonly at: FaultStage; readonly text: string }>> = {
  Sender: { at: 'mail', text: 'Chaos sender error' },
  Recipient: { at: 'rcpt', text: 'Chaos recipient error' },
  Authentication: { at: 'auth', text: 'Chaos authentication error' },
};

/** `/chaos`: Mailpit's three triggers, and beside them rules as catch_chaos has them. */
export const chaosRoutes: FastifyPluginAsyncTypebox<Pick<Ports, 'chaos' | 'settings'>> = async (
  app,
  { chaos, settings },
) => {
  let triggers = DEFAULTS;
  const describe = (): Chaos => ({
    ...triggers,
    Faults: chaos.list().map(({ rule, seen, struck }) => ({ Rule: rule, Seen: seen, Struck: struck })),
  });

  app.addHook('onRequest', async () => {
    // As in Mailpit.
    if (!settings.current().get('catch_chaos_api')) throw new RequestError(400, 'Chaos is not enabled');
  });

  const getSchema = {
    operationId: 'getChaos',
    summary: 'The mistakes that the server makes on purpose',
    response: { 200: Chaos, 400: BadRequest },
  };
  app.get('/chaos', { schema: getSchema }, async () => describe());

  const setSchema = {
    operationId: 'setChaos',
    summary: 'Sets the mistakes that the server makes on purpose: what is absent is as it was at the start',
    body: jsonBody(SetChaos),
    response: { 200: Chaos, 400: BadRequest },
  };
  app.put('/chaos', { schema: setSchema }, async ({ body }) => {
    const { Rules, ...given } = parseBody(SetChaos, body);
    const wanted = {
      Sender: toTrigger('Sender', given),
      Recipient: toTrigger('Recipient', given),
      Authentication: toTrigger('Authentication', given),
    };
    const ofTriggers = toRules(wanted);
    const ofRules = Rules === undefined ? undefined : readRules(Rules);
    chaos.replace({ extra: ofTriggers, rules: ofRules });
    triggers = wanted;
    return describe();
  });
};

function toTrigger(name: keyof Triggers, given: Pick<SetChaos, keyof Triggers>): Trigger {
  const trigger = { ...DEFAULTS[name], ...given[name] };
  const { ErrorCode, Probability } = trigger;
  if (ErrorCode < 400 || ErrorCode > 599) {
    throw new RequestError(400, `${name}: the error code ${ErrorCode} is none of 400 to 599`);
  }
  if (Probability < 0 || Probability > 100) {
    throw new RequestError(400, `${name}: the probability ${Probability} is none of 0 to 100`);
  }
  return trigger;
}

function toRules(triggers: Triggers): readonly FaultRule[] {
  return (['Sender', 'Recipient', 'Authentication'] as const).flatMap((name) => {
    const { ErrorCode, Probability } = triggers[name];
    const { at, text } = STRUCK[name];
    return Probability === 0 ? [] : [{ at, probability: Probability, reply: `${ErrorCode} ${text}` }];
  });
}

function readRules(texts: readonly string[]): readonly FaultRule[] {
  return texts.flatMap((text) => {
    const read = readFaultRules(text);
    if ('fault' in read) throw new RequestError(400, `Rules: ${read.fault}`);
    return read.rules;
  });
}
