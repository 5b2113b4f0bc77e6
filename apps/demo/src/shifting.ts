import { accepted } from '#client/client.js';
import { until } from '#client/until.js';
import { frenchMilestones } from '#domain/schedule/milestones.js';
import { showBoard } from './board.js';
import type { Sitting } from './convening.js';
import type { CallData } from './data.js';
import { lettersSoFar, type Preview, said, showPreview, tellWhoKnows } from './moving.js';
import type { Receiver } from './receiver.js';
import type { Reminder } from './reminding.js';
import type { Scene } from './scene.js';
import { WITHDRAWS } from './submission.js';
import { table } from './table.js';
import type { Actor } from './theatre.js';

/** The server of the ARS asks to be told of dates that move. */
export async function subscribe({ timeline, leads, call }: Scene, receiver: Receiver): Promise<void> {
  const url = await receiver.listen();
  const asked = { institution: 'ARS-PDL', call, url, facts: ['ScheduleShifted'] };
  receiver.secret = accepted(await leads.ars.admin.post<{ secret: string }>('/api/webhooks', asked)).secret;
  timeline.tell(leads.ars.admin.name, "abonne le serveur de l'ARS aux changements de dates (webhook signé)");
}

/** The commission moves while it is convened: proposed by one lead, agreed by the other, told to everybody. */
export async function shiftAgain(
  scene: Scene,
  data: CallData,
  { sitting, reviewers, receiver }: { sitting: Sitting; reviewers: readonly Actor[]; receiver: Receiver },
): Promise<void> {
  const { theatre, timeline, leads, call, applicants, partners, reminding } = scene;
  const { ars, dreets } = leads;
  await theatre.at('2021-09-20 14:00');
  await showBoard(scene);
  const letters = lettersSoFar(theatre);
  const changes = [{ kind: 'commission', at: `${data.laterShift.commission}+02:00` }];
  const { reason } = data.laterShift;
  timeline.tell(dreets.admin.name, `propose de décaler la commission : ${reason}`);
  timeline.detail(
    showPreview(accepted(await dreets.admin.post<Preview>(`/api/calls/${call}/preview-shift`, { changes }))),
  );
  accepted(await dreets.admin.post(`/api/calls/${call}/propose-shift`, { institution: 'DREETS-PDL', changes, reason }));
  await reminding.settle();
  await theatre.at('2021-09-21 10:00');
  await reminding.settle();
  const [before, entry] = [await reminding.rounds(), await commissionEntry(scene)];
  accepted(await ars.director.post(`/api/calls/${call}/agree-to-shift`, { institution: 'ARS-PDL', proposal: 2 }));
  timeline.tell(ars.director.name, "accepte : l'avis rectificatif n° 1 est publié, chacun est prévenu");
  const { notices } = accepted(await theatre.client().get<{ notices: string[] }>(`/api/calls/${call}`));
  timeline.detail((notices[1] ?? '').replaceAll(' (heure de Paris)', ''));
  const filed = applicants.flatMap(({ index, person }) => (index === WITHDRAWS ? [] : [person]));
  const seated = [ars.director, dreets.director, ...sitting.people];
  const concerned = [...Object.values(ars), ...Object.values(dreets), ...partners, ...filed, ...reviewers, ...seated];
  await tellWhoKnows(theatre, timeline, letters, {
    'shift-proposed': [ars.admin, ars.director],
    'schedule-shifted': concerned,
    'session-moved': seated,
  });
  await showSession(scene, sitting.session);
  await reminding.settle();
  timeline.tell('rappels', 'ce que le décalage change aux rappels à venir :');
  timeline.detail(whatMoved(before, await reminding.rounds()));
  const [told] = await until(() => (receiver.received.length > 0 ? receiver.received : undefined), 'the webhook');
  if (!told?.genuine) throw new Error('The message to the webhook is not signed as it should be.');
  timeline.tell('webhook', `le serveur de l'ARS reçoit « ${told.type} », signature vérifiée`);
  timeline.tell('agenda', `« ${frenchMilestones.commission} » change dans les agendas abonnés :`);
  timeline.detail(sideBySide(entry, await commissionEntry(scene)));
}

async function showSession({ timeline, leads, call }: Scene, session: string): Promise<void> {
  interface Session {
    id: string;
    startsAt: string;
    convenedAt: string | null;
    moves: { from: string; to: string }[];
  }
  const found = await until(async () => {
    const { sessions } = accepted(
      await leads.ars.officer.get<{ sessions: Session[] }>(`/api/calls/${call}/commission`),
    );
    return sessions.find(({ id, moves }) => id === session && moves.length > 0);
  }, 'the session to move');
  const [move] = found.moves;
  const convoked =
    found.convenedAt === null ? 'sa convocation tombe, elle est à convoquer de nouveau' : 'reste convoquée';
  timeline.tell('séance', `déplacée du ${said(move?.from ?? '')} au ${said(found.startsAt)} : ${convoked}`);
}

/** Round by round, the date before and the date after. */
function whatMoved(before: readonly Reminder[], after: readonly Reminder[]): string {
  const placeOf = ({ key }: Reminder): string => key.split('|').slice(0, 3).join('|');
  const known = new Map(before.map((round) => [placeOf(round), round]));
  const keys = new Set(before.map(({ key }) => key));
  const rows = after
    .filter(({ key }) => !keys.has(key))
    .map((round) => {
      const old = known.get(placeOf(round));
      const was = old === undefined ? '—' : old.settledAt === null ? said(old.at) : `parti le ${said(old.at)}`;
      const is = round.status === 'lapsed' ? 'abandonné' : round.settledAt ? 'parti aussitôt' : said(round.at);
      return [`${round.label}, ${[round.name, ...round.merges].join(' et ')}`, was, '→', is];
    });
  return table(rows);
}

/** The commission in the calendar of the call. */
async function commissionEntry({ theatre, call }: Scene): Promise<string[]> {
  const { text } = await theatre.client().get(`/api/calls/${call}/calendar.ics`);
  const entry = text
    .replaceAll('\r\n ', '')
    .split('BEGIN:VEVENT')
    .find((part) => /^UID:.*-commission@/m.test(part));
  return ['UID', 'DTSTART', 'SEQUENCE'].map(
    (name) => new RegExp(`^${name}[^:]*:(.*)$`, 'm').exec(entry ?? '')?.[1]?.trim() ?? '',
  );
}

const sideBySide = ([uid = '', ...before]: readonly string[], [sameUid = '', ...after]: readonly string[]): string =>
  table([
    [`UID:${uid}`, '→', uid === sameUid ? 'le même' : sameUid],
    ...['DTSTART', 'SEQUENCE'].map((name, index) => [`${name}:${before[index]}`, '→', `${name}:${after[index]}`]),
  ]);
