/** Bolt as the router of Slack's deliveries: it finds the listener, and what is answered here decides the acknowledgement. */
import { App, type Receiver } from '@slack/bolt';
import type { TeamId } from '../../src/chat/ids.ts';
import type { Log } from '../../src/chat/world.ts';
import { makeLogger } from './logger.ts';
import type { AckBody, Envelope, Take, Tenant, Tenants } from './ports.ts';
import { answerStranger, nameDelivery } from './stranger.ts';

export interface BoltDeps {
  readonly tenants: Pick<Tenants, 'of'>;
  readonly log: Log;
  /** Adds the listeners. Each finds its {@link Tenant} in `context.tenant`. */
  register(app: App): void;
}

export interface Router {
  readonly take: Take;
  /** Resolves when nothing is under way, what was acknowledged before it ended included. */
  idle(): Promise<void>;
}

/** The lines hand deliveries over themselves, so Bolt receives nothing on its own. */
const NO_RECEIVER: Receiver = { init: () => {}, start: async () => undefined, stop: async () => undefined };

/** Bolt's own client has no token and leads nowhere: whoever calls Slack uses the tenant's. */
const NOWHERE = 'http://greenroom.invalid/api/';

export function openBolt({ tenants, log, register }: BoltDeps): Router {
  const strangers = new WeakSet<object>();
  const app = makeApp({ tenants, log }, strangers);
  const heard = noteEvents(app);
  register(app);
  const underWay = new Set<Promise<void>>();
  return {
    async take(envelope) {
      if (envelope.body['type'] === 'app_rate_limited') {
        log.warn('Slack holds events back: over 30,000 came in an hour', { ...nameDelivery(envelope.body) });
        return '';
      }
      const delivery = begin(log, envelope, { app, heard, strangers });
      underWay.add(delivery.work);
      void delivery.work.then(() => underWay.delete(delivery.work));
      return delivery.answer;
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

function makeApp({ tenants, log }: Pick<BoltDeps, 'tenants' | 'log'>, strangers: WeakSet<object>): App {
  const app = new App({
    receiver: NO_RECEIVER,
    authorize: async ({ teamId }) => {
      const tenant = teamId === undefined ? undefined : await tenants.of(teamId as TeamId);
      return tenant ? { botId: tenant.botId, botUserId: tenant.botUser, tenant } : { stranger: true };
    },
    // Our own messages come back to us: they confirm posts whose fate was unknown.
    ignoreSelf: false,
    convoStore: false,
    logger: makeLogger(log, 'bolt'),
    clientOptions: { slackApiUrl: NOWHERE, retryConfig: { retries: 0 }, timeout: 10_000 },
  });
  app.use(async ({ body, context, next }) => {
    if (context['stranger'] === true) strangers.add(body);
    else await next();
  });
  app.error(async (error) => {
    throw error.original ?? error;
  });
  return app;
}

/** Which events have a listener; Bolt itself does not say when it found none. */
function noteEvents(app: App): (type: string) => boolean {
  const names: (string | RegExp)[] = ['message'];
  const register = app.event.bind(app) as (...args: unknown[]) => void;
  app.event = ((name: string | RegExp, ...listeners: unknown[]): void => {
    names.push(name);
    register(name, ...listeners);
  }) as App['event'];
  return (type) => names.some((name) => (typeof name === 'string' ? name === type : name.test(type)));
}

interface Routing {
  readonly app: App;
  readonly strangers: WeakSet<object>;
  heard(type: string): boolean;
}

interface Delivery {
  readonly answer: Promise<AckBody>;
  /** Never rejects. */
  readonly work: Promise<void>;
}

function begin(log: Log, { body, retry }: Envelope, { app, heard, strangers }: Routing): Delivery {
  const { promise: answer, resolve, reject } = Promise.withResolvers<AckBody>();
  const about = nameDelivery(body);
  let acked = false;
  const ack = async (response?: unknown): Promise<void> => {
    // Bolt acknowledges events before their listener runs; they count as taken when it has run.
    if (about.kind === 'event') return;
    if (acked) log.warn('a Slack delivery was answered twice; the first answer counts', { ...about });
    acked = true;
    resolve(toBody(response));
  };
  const finish = (): void => {
    if (acked) return;
    if (strangers.has(body)) {
      log.warn('a delivery from a workspace that has not installed us is dropped', { ...about });
      return resolve(answerStranger(body));
    }
    if (about.kind !== 'event' || !heard(about.name)) log.info('nobody listens to this Slack delivery', { ...about });
    resolve('');
  };
  const fail = (error: unknown): void => {
    log.error(acked ? 'a Slack delivery failed after its answer' : 'a Slack delivery failed', { ...about, error });
    reject(error);
  };
  const numbered = retry && {
    retryNum: retry.count,
    ...(retry.reason === undefined ? {} : { retryReason: retry.reason }),
  };
  const work = app.processEvent({ body, ack, ...numbered }).then(finish, fail);
  return { answer, work };
}

/** A bare text is the text of a message, as Bolt has it. */
function toBody(response: unknown): AckBody {
  if (typeof response === 'string') return response === '' ? '' : { text: response };
  return typeof response === 'object' && response !== null ? (response as Readonly<Record<string, unknown>>) : '';
}

/** The workspace a listener acts for; undefined only for the events that end an installation. */
export const tenantOf = (context: Readonly<Record<string, unknown>>): Tenant | undefined =>
  context['tenant'] as Tenant | undefined;
