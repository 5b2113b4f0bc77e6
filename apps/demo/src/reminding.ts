import { accepted } from '#client/client.js';
import { until } from '#client/until.js';
import { type Letter, some } from './outbox.js';
import type { Actor, Theatre } from './theatre.js';
import type { Timeline } from './timeline.js';

/** A round of reminders, as the API tells of it. */
export interface Reminder {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  /** What is due, French. */
  readonly label: string;
  readonly about: string | null;
  readonly step: { readonly to: string; readonly days?: number; readonly hours?: number };
  readonly merges: readonly string[];
  readonly dueAt: string;
  readonly at: string;
  readonly status: 'planned' | 'opened' | 'lapsed';
  readonly settledAt: string | null;
  readonly why: string;
  readonly people: number;
  readonly delivered: number;
}

const [RESPONSIBLE, PATIENCE_MS] = ['responsible', 60_000];
/** Whom the others are for. */
const audiences: Readonly<Record<string, string>> = {
  'case-officers': ', aux instructeurs et administrateurs',
  leads: ', aux administrateurs et signataires',
  'finance-officers': ', aux gestionnaires financiers',
};
const deadlineOf = ({ key }: Reminder): string => key.split('|')[0] ?? '';
export const many = (count: number, one: string): string => `${count} ${one}${count > 1 ? 's' : ''}`;
export const total = (rounds: readonly Reminder[], of: 'people' | 'delivered'): number =>
  rounds.reduce((sum, round) => sum + round[of], 0);

/** Moves the clock from reminder to reminder, and says of each to whom it went. */
export class Reminding {
  private readonly told = new Set<string>();
  private readonly opened = new Set<string>();
  /** Of those to come, by `saidTogether`: to how many people they will go. */
  private readonly expected = new Map<string, number>();

  constructor(
    private readonly theatre: Theatre,
    private readonly timeline: Timeline,
    private readonly reader: Actor,
    private readonly call: string,
  ) {}

  async rounds(): Promise<Reminder[]> {
    await this.theatre.caughtUp();
    const { items } = accepted(await this.reader.get<{ items: Reminder[] }>(`/api/calls/${this.call}/reminders`));
    for (const together of groupsOf(items, saidTogether)) {
      const [only, ...others] = together.filter(({ settledAt }) => settledAt === null);
      if (only && others.length === 0) this.expected.set(saidTogether(only), only.people);
    }
    return items;
  }

  /** Lets every reminder up to an instant go out at its own. */
  async upTo(instant: string): Promise<void> {
    await this.settle();
    for (;;) {
      const next = (await this.rounds()).find(({ settledAt }) => settledAt === null);
      if (!next || next.at > instant) return;
      await this.expect(next.at);
      await this.theatre.setClock(next.at);
      await this.settle();
    }
  }

  /** Waits until what is due by now is decided and delivered, and tells of it. */
  async settle(): Promise<Reminder[]> {
    const fresh = await until(() => this.allDelivered(), 'the reminders to be delivered', PATIENCE_MS);
    const letters = this.theatre.outbox.letters('reminder').filter(({ file }) => !this.opened.has(file));
    for (const { file } of letters) this.opened.add(file);
    for (const { key } of fresh) this.told.add(key);
    for (const group of groupsOf(fresh, groupOf)) this.tell(group, letters);
    return fresh;
  }

  /** Of several that are due at an instant and said together: how many people there are, each of whom gets one message. */
  private async expect(at: string): Promise<void> {
    const due = (await this.rounds()).filter((round) => round.settledAt === null && round.at <= at);
    for (const together of groupsOf(due, saidTogether)) {
      const [first, ...others] = together;
      if (!first || others.length === 0) continue;
      const abouts = together.map(({ about }) => about);
      const most = Math.max(...together.map(({ people }) => people));
      const isOfAll = first.step.to === RESPONSIBLE && most > 0;
      this.expected.set(saidTogether(first), isOfAll ? await this.peopleOf(first.kind, abouts) : most);
    }
  }

  /** They are of files, or of reports on files. */
  private async peopleOf(kind: string, abouts: readonly (string | null)[]): Promise<number> {
    const { items } = accepted(
      await this.reader.get<{ items: { files: string[] }[] }>(`/api/calls/${this.call}/duties?kind=${kind}`),
    );
    const concerned = items.filter(({ files }) => kind === 'reports' || files.some((file) => abouts.includes(file)));
    return concerned.length;
  }

  private async allDelivered(): Promise<Reminder[] | undefined> {
    const rounds = await this.rounds();
    if (rounds.some(({ settledAt, at }) => settledAt === null && at <= this.theatre.now)) return undefined;
    const fresh = rounds.filter(({ key, settledAt }) => settledAt !== null && !this.told.has(key));
    for (const together of groupsOf(fresh, saidTogether)) {
      if (total(together, 'delivered') < total(together, 'people')) return undefined;
      const opened = together.filter(({ status }) => status === 'opened');
      if (opened[0] && total(opened, 'people') < (await this.expectedOf(opened[0]))) return undefined;
    }
    return fresh;
  }

  private async expectedOf(round: Reminder): Promise<number> {
    const known = this.expected.get(saidTogether(round));
    if (known !== undefined) return known;
    // It went as soon as there was one: to those who have it to do, or to somebody where they have.
    const { items } = accepted(
      await this.reader.get<{ items: { key: string; remaining: number }[] }>(`/api/calls/${this.call}/deadlines`),
    );
    const remaining = items.find(({ key }) => key === deadlineOf(round))?.remaining ?? 0;
    return round.step.to === RESPONSIBLE && round.key.split('|').length === 4 ? remaining : Math.min(remaining, 1);
  }

  private tell(group: readonly Reminder[], fresh: readonly Letter[]): void {
    const [first] = group;
    if (!first) return;
    const { label, why, status } = first;
    const names = [...new Set(group.flatMap(({ name, merges }) => [name, ...merges]))].join(', ');
    const what = `« ${label} »`;
    if (status === 'lapsed')
      return this.timeline.tell(`abandonné ${names}`, `${what} : ${why.replace(/^Abandonné : /, '')}`);
    const messages = total(group, 'people');
    if (messages === 0) return this.timeline.tell(`rappel ${names}`, `${what} : personne, tout est fait`);
    const letters = fresh.filter((letter) => isOf(letter, first));
    const people = new Set(letters.map(({ address }) => address)).size;
    const grouped = people < messages ? ` en ${messages} messages` : '';
    const whom = audiences[first.step.to] ?? '';
    this.timeline.tell(`rappel ${names}`, `${what}${whom} : ${many(people, 'personne')}${grouped} (${some(letters)})`);
  }
}

/** Of one kind, step and date: one message to each person says all of it. */
const saidTogether = ({ key, kind, name, dueAt, step: { to } }: Reminder): string =>
  kind === 'submission' ? key : [kind, name, to, dueAt].join('|');

const groupsOf = (rounds: readonly Reminder[], by: (round: Reminder) => string): Reminder[][] => {
  const groups = new Map<string, Reminder[]>();
  for (const round of rounds) groups.set(by(round), [...(groups.get(by(round)) ?? []), round]);
  return [...groups.values()];
};

const groupOf = ({ label, name, status, why, step }: Reminder): string =>
  status === 'lapsed' ? `${label}|${why}|${step.to}` : `${label}|${name}|${step.to}`;

const isOf = ({ subject, text }: Letter, { label, step: { to, days = 0, hours = 0 } }: Reminder): boolean =>
  subject.startsWith(`${days > 0 || hours > 0 ? 'En retard' : 'Rappel'} : ${label} — `) &&
  text.includes('Ce rappel vous est adressé parce que') === (to !== RESPONSIBLE);
