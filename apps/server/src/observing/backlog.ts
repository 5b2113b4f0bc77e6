import type { Alarms } from '#alarms/alarms.js';
import { later } from '#domain/instants.js';
import { roundsWaiting } from '#read-models/deadline-queries.js';
import { noticesCounted } from '#read-models/notices.js';
import { remindedSince } from '#reactors/reminders.js';
import type { Service } from '../service.js';
import type { Metrics } from './metrics.js';
import { ViewsLag } from './views-lag.js';

const A_DAY_MS = 24 * 3_600_000;

/** Reads what waits, when somebody asks: it costs nothing while nobody does. */
export function backlogOf(service: Service, metrics: Metrics): () => Promise<void> {
  const lag = new ViewsLag(service);
  return async () => {
    const measured = await lag.measure();
    metrics.set('log_answers', '1 where the log answers', measured ? 1 : 0);
    metrics.set('views_ready', '1 where the views have caught up once and follow', service.projector.ready ? 1 : 0);
    metrics.set('views_lag_facts', 'Facts between views and log, counted up to 1000', measured?.lag.facts);
    metrics.set('views_lag_seconds', 'Age of the oldest fact that the views lack', measured?.lag.seconds);
    const { views } = service.projector;
    const notices = noticesCounted(views);
    metrics.set('deliveries_waiting', 'Messages decided and not delivered yet', notices.waiting);
    metrics.set('deliveries_undelivered', 'Messages that reached nobody', notices.undelivered);
    await work(service, metrics);
    await alarms(service.background.alarms, metrics);
  };
}

/** Of the work behind the requests, wherever it is done: each process knows of it. */
async function work({ background, clock, projector }: Service, metrics: Metrics): Promise<void> {
  const known = await background.known().catch(() => undefined);
  const now = clock.now();
  const began = known && (known.ledger.reactors.find(({ name }) => name === 'reminders')?.activatedAt ?? now);
  const rounds =
    began === undefined ? undefined : roundsWaiting(projector.views, remindedSince(began), now, later(now, A_DAY_MS));
  const failing = known?.webhooks.cursors.filter(({ failingSince }) => failingSince !== null);
  metrics.set('background_here', '1 where this process does the work behind the requests', background.isHere ? 1 : 0);
  metrics.set('reminders_due', 'Reminders to go out within a day', rounds?.due);
  metrics.set('reminders_overdue', 'Reminders whose instant has passed, neither sent nor given up', rounds?.overdue);
  metrics.set('set_aside', 'Facts that a reactor set aside', known?.ledger.aside.total);
  metrics.set('webhooks_failing', 'Webhooks whose receiver accepts nothing at present', failing?.length);
}

/** None in a process that leaves to others what the service does by itself. */
async function alarms(of: Alarms | undefined, metrics: Metrics): Promise<void> {
  const depth = await of?.depth().catch(() => undefined);
  metrics.set('alarms_connected', '1 where alarms can be armed', of && (of.status().connected ? 1 : 0));
  metrics.set('alarms_waiting', 'Alarms armed or ringing', depth?.waiting);
  metrics.set('alarms_failed', 'Alarms that rang in vain, of those that are kept', depth?.failed);
}
