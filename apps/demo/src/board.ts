import { accepted } from '#client/client.js';
import { said } from './moving.js';
import { type Reminder, total } from './reminding.js';
import type { Scene } from './scene.js';
import { table } from './table.js';

interface Deadline {
  readonly kind: string;
  readonly label: string;
  readonly dueAt: string;
  readonly risk: 'done' | 'low' | 'medium' | 'high' | 'overdue';
  readonly remaining: number;
  readonly notStarted: number | null;
  readonly moves: number;
  readonly nextReminderAt: string | null;
}
const frenchRisks = { done: 'fait', low: 'faible', medium: 'moyen', high: 'élevé', overdue: 'en retard' };

/** What is due, by when, at what risk. */
export async function showBoard({ timeline, leads, call }: Scene): Promise<void> {
  const { items } = accepted(await leads.ars.officer.get<{ items: Deadline[] }>(`/api/calls/${call}/deadlines`));
  timeline.tell(leads.ars.officer.name, "ouvre le tableau des échéances de l'appel :");
  const rows = items
    .filter(({ kind }) => kind !== 'completion' && kind !== 'shift-answer')
    .map(({ label, dueAt, risk, remaining, notStarted, nextReminderAt }) => [
      label,
      said(dueAt),
      frenchRisks[risk],
      String(remaining),
      notStarted === null ? '—' : String(notStarted),
      nextReminderAt === null ? '—' : said(nextReminderAt),
    ]);
  timeline.detail(table([['échéance', 'date', 'risque', 'restent', 'pas commencé', 'prochain rappel'], ...rows]));
}

/** Every reminder of the call, by kind of deadline, against the messages in the outbox. */
export async function showReminders({ theatre, timeline, reminding }: Scene): Promise<void> {
  await reminding.settle();
  const rounds = (await reminding.rounds()).filter(({ settledAt }) => settledAt !== null);
  const letters = theatre.outbox.letters('reminder');
  const peopleOf = (label?: string): string => {
    const own = letters.filter(({ subject }) => label === undefined || subject.includes(` : ${label} — `));
    return String(new Set(own.map(({ address }) => address)).size);
  };
  const cells = (own: readonly Reminder[], label?: string): string[] => {
    const opened = own.filter(({ status }) => status === 'opened');
    const vain = opened.filter(({ people }) => people === 0).length;
    const figures = [opened.length, vain, own.length - opened.length].map(String);
    return [...figures, peopleOf(label), String(total(opened, 'people')), String(total(opened, 'delivered'))];
  };
  const labels = [...new Set(rounds.map(({ label }) => label))];
  timeline.detail(
    table([
      ['échéance', 'rappels partis', 'sans destinataire', 'abandonnés', 'personnes', 'messages', 'remis'],
      ...labels.map((label) => [
        label,
        ...cells(
          rounds.filter((round) => round.label === label),
          label,
        ),
      ]),
      ['total', ...cells(rounds)],
    ]),
  );
  const [sent, delivered] = [total(rounds, 'people'), total(rounds, 'delivered')];
  timeline.detail(`${sent} messages décidés = ${delivered} remis = ${letters.length} rappels dans la boîte d'envoi`);
  if (sent !== delivered || sent !== letters.length) throw new Error('The reminders do not add up.');
}

/** One message whole, and where they all are. */
export function showOutbox({ theatre, timeline }: Scene): void {
  const { outbox } = theatre;
  const example = outbox.letters('reminder').findLast(({ subject }) => subject.includes(' : dépôt du dossier — '));
  if (!example) throw new Error('Somebody is reminded of their draft.');
  const words = example.text.slice(example.text.indexOf('\n\n')).trim().replaceAll('\r', '').split('\n');
  timeline.detail(`un exemple, ${example.file} :`);
  const head = [`À : ${example.to} <${example.address}>`, `Objet : ${example.subject}`, ''];
  timeline.detail([...head, ...words].map((line) => `│ ${line}`.trimEnd()).join('\n'));
  timeline.detail(`${outbox.letters().length} messages écrits dans la boîte d'envoi, gardée après la démonstration :`);
  timeline.detail(outbox.folder);
  timeline.detail('Ouvrez un de ces fichiers .eml avec un logiciel de messagerie (Thunderbird, Outlook, Apple Mail).');
}
