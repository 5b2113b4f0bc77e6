import { DelayedError, type Job, Queue, Worker } from 'bullmq';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Clock } from '#commands/clock.js';
import { millisecondsNow } from './alarm.js';
import { type AlarmDepth, type Alarms, AlarmsAway, type AlarmStatus, type Due, type Listener } from './alarms.js';
import { impatient, patient, weaknesses, withoutSecrets } from './redis-connection.js';

export interface RedisAlarmsOptions {
  /** `redis://` or `rediss://`; its password is in no error. */
  readonly url: string;
  /** Whose alarms, where several services share a Redis: the id of the log. */
  readonly owner: string;
  readonly clock: Clock;
  /** Once per outage, and once per weakness of the server. */
  readonly onError: (error: Error) => void;
  /** How many ring at the same time in this process. */
  readonly atOnce?: number;
  /** A job of a worker that died is taken by another within the two together: milliseconds. */
  readonly lockMs?: number;
  readonly stalledEveryMs?: number;
  /** How often it looks whether Redis was emptied: milliseconds. */
  readonly checkEveryMs?: number;
  /** How long Redis may take to answer whoever arms: milliseconds. */
  readonly answerWithinMs?: number;
  /** Before the first new try of what rejected; doubled each time: milliseconds. */
  readonly tryAgainMs?: number;
}

const QUEUE = 'alarms';
const IN_ONE_GO = 1000;
const TRIES = 5;
/** What one worker is woken for and hasn't room for, another that is idle sees after so long. */
const IDLE_SECONDS = 1;
const CLOSE_WITHIN_MS = 2000;
const FAILED_KEPT = { count: 1000, age: 7 * 86_400 };

/** Alarms as delayed jobs of BullMQ: several processes share them, and they outlive a restart. */
export class RedisAlarms implements Alarms {
  private readonly producer: Redis;
  private readonly queue: Queue<Due>;
  private readonly consumer: Redis;
  private worker: Worker<Due> | undefined;
  private listener: Listener | undefined;
  private readonly ringing = new Set<Promise<void>>();
  private readonly marker: string;
  private mark: string | undefined;
  private checking: NodeJS.Timeout | undefined;
  private readonly said = new Set<string>();
  private toldAway = false;
  private closing = false;

  constructor(private readonly options: RedisAlarmsOptions) {
    const { url, owner, checkEveryMs = 15_000, answerWithinMs = 5000 } = options;
    try {
      this.producer = impatient(url, answerWithinMs);
      this.consumer = patient(url);
    } catch (error) {
      throw withoutSecrets(error, url);
    }
    this.producer.on('error', (error: Error) => this.away(error));
    this.consumer.on('error', () => undefined);
    const prefix = `convergence-${owner}`;
    this.marker = `${prefix}:${QUEUE}-kept`;
    this.queue = new Queue(QUEUE, { connection: this.producer, prefix, skipVersionCheck: true });
    this.queue.on('error', () => undefined);
    this.producer.on('ready', () => void this.back());
    this.producer.on('close', () => this.away(new Error('connection closed')));
    this.checking = setInterval(() => void this.check(), checkEveryMs).unref();
  }

  async arm(due: readonly Due[]): Promise<void> {
    for (let from = 0; from < due.length; from += IN_ONE_GO) {
      if (!this.status().connected) throw new AlarmsAway('Redis is away');
      const jobs = due.slice(from, from + IN_ONE_GO).map((one) => this.jobOf(one));
      await this.queue.addBulk(jobs).catch((error: unknown) => {
        throw new AlarmsAway(withoutSecrets(error, this.options.url).message);
      });
    }
  }

  start(listener: Listener): void {
    const { owner, atOnce = 50, lockMs = 30_000, stalledEveryMs = 30_000 } = this.options;
    this.listener = listener;
    this.worker = new Worker<Due>(QUEUE, (job, token) => this.ring(job, token), {
      connection: this.consumer,
      prefix: `convergence-${owner}`,
      concurrency: atOnce,
      drainDelay: IDLE_SECONDS,
      lockDuration: lockMs,
      stalledInterval: stalledEveryMs,
      maxStalledCount: TRIES,
    });
    // Its connection may break before the other one, which says that Redis is away, has noticed: that is said once.
    this.worker.on('error', (error) => 'syscall' in error || this.failed(error));
    if (this.status().connected) listener.forgotten();
  }

  async close(): Promise<void> {
    this.closing = true;
    clearInterval(this.checking);
    const stopped = this.worker?.close(this.producer.status !== 'ready');
    await Promise.all(this.ringing);
    await withinReason(stopped);
    await withinReason(this.worker?.getBackend().close(true));
    await this.queue.close();
    for (const redis of [this.producer, this.consumer]) redis.disconnect();
  }

  status(): AlarmStatus {
    return { kind: 'redis', connected: !this.closing && this.producer.status === 'ready' };
  }

  async depth(): Promise<AlarmDepth> {
    if (!this.status().connected) throw new AlarmsAway('Redis is away');
    const counts = await this.queue.getJobCounts('delayed', 'waiting', 'active', 'failed').catch((error: unknown) => {
      throw new AlarmsAway(withoutSecrets(error, this.options.url).message);
    });
    const { delayed = 0, waiting = 0, active = 0, failed = 0 } = counts;
    return { waiting: delayed + waiting + active, failed };
  }

  private jobOf(due: Due): { name: string; data: Due; opts: object } {
    const { clock, tryAgainMs = 1000 } = this.options;
    const { key, revision, at } = due;
    return {
      name: 'alarm',
      data: { key, revision, at },
      opts: {
        jobId: jobId(due),
        delay: Math.max(0, Date.parse(at) - millisecondsNow(clock)),
        attempts: TRIES,
        backoff: { type: 'exponential', delay: tryAgainMs },
        removeOnComplete: true,
        removeOnFail: FAILED_KEPT,
      },
    };
  }

  /** Rings, or waits again where it is early by our own clock. */
  private async ring(job: Job<Due>, token: string | undefined): Promise<void> {
    const { clock } = this.options;
    const now = clock.now();
    if (job.data.at > now) {
      await job.moveToDelayed(Date.now() + Date.parse(job.data.at) - millisecondsNow(clock), token);
      throw new DelayedError();
    }
    const rung = this.listener?.ring(job.data) ?? Promise.resolve();
    const settled = rung.catch(() => undefined);
    this.ringing.add(settled);
    void settled.then(() => this.ringing.delete(settled));
    await rung.catch((error: unknown) => {
      // Kept in Redis with the job: a kind, never words that may be somebody's.
      throw new Error((error as Error).name);
    });
  }

  private async back(): Promise<void> {
    this.toldAway = false;
    try {
      await this.check();
      for (const weakness of await weaknesses(this.producer)) {
        if (this.said.has(weakness)) continue;
        this.said.add(weakness);
        this.options.onError(new Error(`Redis: ${weakness}`));
      }
    } catch (error) {
      this.failed(error as Error);
    }
    this.listener?.forgotten();
  }

  /** A key of ours that is gone, or isn't the one we knew, says that Redis was emptied. */
  private async check(): Promise<void> {
    if (!this.status().connected) return;
    try {
      const known = this.mark;
      const mark = randomUUID();
      const isNew = (await this.producer.set(this.marker, mark, 'NX')) === 'OK';
      this.mark = isNew ? mark : ((await this.producer.get(this.marker)) ?? undefined);
      if (known !== undefined && this.mark !== known) this.listener?.forgotten();
    } catch (error) {
      this.failed(error as Error);
    }
  }

  private away(error: Error): void {
    if (this.toldAway || this.closing) return;
    this.toldAway = true;
    const { message } = withoutSecrets(error, this.options.url);
    this.options.onError(new AlarmsAway(`${message}; reminders may be a minute late until it is back`));
  }

  private failed(error: Error): void {
    if (!this.closing && this.status().connected) this.options.onError(withoutSecrets(error, this.options.url));
  }
}

/** A Redis that hangs doesn't keep anybody from stopping. */
const withinReason = (work: Promise<unknown> | undefined): Promise<unknown> =>
  Promise.race([work, wait(CLOSE_WITHIN_MS, undefined, { ref: false })]);

/** Letters, digits, `.`, `-` and `%`: BullMQ takes no `:`, and no separator is in doubt. */
const jobId = ({ key, revision }: Due): string => `rem_${plain(key)}_r${plain(revision)}`;
const plain = (text: string): string =>
  encodeURIComponent(text).replace(/[_~!*'()]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
