import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { accepted, type Client } from '#client/client.js';
import { applicant, closedCall, ready, submit, unsealed } from './applicants.js';
import { happened } from './happened.js';
import { expectRefused } from './refusals.js';
import { type Cast, castOf, prepared, publishedCall } from './stage.js';
import { type Person, World } from './world.js';

let world: World;
let cast: Cast;
const lines: string[] = [];
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z', {
    env: { LOG_LEVEL: 'trace' },
    logTo: { write: (line) => void lines.push(line) },
  });
  cast = await castOf(world);
});
afterAll(() => world.close());

const uid = (call: string, kind: string): string => `${call}-${kind}@convergence`;
const title = 'Appel à projets commun ARS/DREETS – 1000 premiers jours';

/** What a calendar program makes of it, by UID. */
function entries(ics: string): Map<string, Record<string, unknown>> {
  const events = new ICAL.Component(ICAL.parse(ics) as never).getAllSubcomponents('vevent');
  return new Map(
    events.map((event) => {
      const value = (name: string) => event.getFirstPropertyValue(name)?.toString();
      return [
        String(value('uid')),
        {
          at: value('dtstart'),
          sequence: Number(value('sequence')),
          changedAt: value('last-modified'),
          stamp: value('dtstamp'),
          status: value('status'),
          summary: value('summary'),
          description: value('description'),
          url: value('url'),
        },
      ];
    }),
  );
}

const pathOf = (url: string): string => new URL(url).pathname;
async function addressOf(person: Client): Promise<string> {
  return pathOf(accepted(await person.post<{ url: string }>('/api/me/calendar')).url);
}
const feedOf = async (address: string) => entries((await world.anonymous.get(address)).text);

async function shift(call: string, at: string, reason: string): Promise<void> {
  const body = { institution: 'ARS-PDL', changes: [{ kind: 'commission', at }], reason };
  accepted(await cast.ars.admin.post(`/api/calls/${call}/propose-shift`, body));
  const { preparation } = accepted(
    await cast.ars.admin.get<{ preparation: { pending: { proposal: number } } }>(`/api/calls/${call}`),
  );
  const { proposal } = preparation.pending;
  accepted(await cast.dreets.admin.post(`/api/calls/${call}/agree-to-shift`, { institution: 'DREETS-PDL', proposal }));
}

describe('the calendar of a call', () => {
  it('moves its entries with the dates: the same UID, one more SEQUENCE, the old date and why', async () => {
    const call = await publishedCall(world, cast);
    const address = `/api/calls/${call}/calendar.ics`;
    const first = await world.anonymous.get(address);
    expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const before = entries(first.text);
    expect([...before.keys()]).toEqual(
      ['publication', 'submissionDeadline', 'convocationSent', 'commission'].map((kind) => uid(call, kind)),
    );
    expect(before.get(uid(call, 'commission'))).toEqual({
      at: '2021-09-30T07:30:00Z',
      sequence: 0,
      changedAt: '2021-05-12T08:00:00Z',
      stamp: '2021-05-12T08:00:00Z',
      status: 'CONFIRMED',
      summary: `Commission de sélection : ${title}`,
      description: 'Le 30 septembre 2021 à 9 h 30 (heure de Paris).',
      url: `${world.server.url}/api/calls/${call}`,
    });

    world.clock.set('2021-06-20T08:00:00Z');
    const reason = "La salle de la commission n'est plus disponible ; elle l'était, hier encore.";
    await shift(call, '2021-10-05T09:30:00+02:00', reason);
    const after = entries((await world.anonymous.get(address)).text);
    expect([...after.keys()]).toEqual([...before.keys()]);
    expect(after.get(uid(call, 'commission'))).toEqual({
      ...before.get(uid(call, 'commission')),
      at: '2021-10-05T07:30:00Z',
      sequence: 1,
      changedAt: '2021-06-20T08:00:00Z',
      stamp: '2021-06-20T08:00:00Z',
      description: [
        'Le 5 octobre 2021 à 9 h 30 (heure de Paris).',
        'Date déplacée : elle était fixée au 30 septembre 2021 à 9 h 30 (heure de Paris).',
        `Motif : ${reason}`,
      ].join('\n'),
    });
    expect(after.get(uid(call, 'convocationSent'))).toMatchObject({ at: '2021-09-20T07:30:00Z', sequence: 1 });
    expect(after.get(uid(call, 'submissionDeadline'))).toEqual(before.get(uid(call, 'submissionDeadline')));
  });

  it('has the same bytes until a date moves, and then others', async () => {
    world.clock.set('2021-05-12T08:00:00Z');
    const call = await publishedCall(world, cast);
    const address = `/api/calls/${call}/calendar.ics`;
    const ask = (etag: string) => fetch(`${world.server.url}${address}`, { headers: { 'if-none-match': etag } });
    const { headers, text } = await world.anonymous.get(address);
    const etag = headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    world.clock.set('2021-07-20T08:00:00Z');
    const unchanged = await ask(`"other", W/${etag}`);
    expect([unchanged.status, await unchanged.text(), unchanged.headers.get('etag')]).toEqual([304, '', etag]);
    expect((await world.anonymous.get(address)).text).toBe(text);
    await shift(call, '2021-10-06T09:30:00+02:00', 'La commission ne peut pas se réunir ce jour-là.');
    const changed = await ask(etag);
    expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false]);
  });

  it('says what is cancelled, and leaves what is past', async () => {
    world.clock.set('2021-05-12T08:00:00Z');
    const call = await publishedCall(world, cast);
    world.clock.set('2021-06-20T08:00:00Z');
    for (const [lead, signatory] of [
      ['ARS-PDL', cast.ars.signatory] as const,
      ['DREETS-PDL', cast.dreets.signatory] as const,
    ]) {
      accepted(
        await signatory.post(`/api/calls/${call}/cancel`, { institution: lead, reason: 'Les crédits sont gelés.' }),
      );
    }
    const after = entries((await world.anonymous.get(`/api/calls/${call}/calendar.ics`)).text);
    expect(after.get(uid(call, 'publication'))).toMatchObject({ sequence: 0, status: 'CONFIRMED' });
    expect(after.get(uid(call, 'submissionDeadline'))).toMatchObject({
      sequence: 1,
      status: 'CANCELLED',
      summary: `Annulé – Date limite de dépôt : ${title}`,
      description: [
        'Le 13 août 2021 à 16 h 00 (heure de Paris).',
        "Cette échéance n'a plus cours.",
        'Motif : Les crédits sont gelés.',
      ].join('\n'),
    });
  });

  it('is there for whom the call is there', async () => {
    world.clock.set('2021-05-12T08:00:00Z');
    const call = await prepared(cast);
    const address = `/api/calls/${call}/calendar.ics`;
    expectRefused(await world.anonymous.get(address), 404, 'CallUnknown');
    expect(entries((await cast.ars.admin.get(address)).text).size).toBe(4);
  });
});

describe('the calendar of a person', () => {
  let call: string;
  let own: { person: Person; organisation: string };
  let file: string;
  beforeAll(async () => {
    call = await closedCall(world, cast, { specifications: { individualExtensions: true } });
    own = await applicant(world, cast, 1);
    file = await ready(own.person, call, own.organisation);
    accepted(await submit(own.person, file));
  });

  it('has the dates of the calls that concern them, and what they alone were granted', async () => {
    const address = await addressOf(own.person);
    expect([...(await feedOf(address)).keys()]).toEqual(
      ['publication', 'submissionDeadline'].map((kind) => uid(call, kind)),
    );
    const grant = {
      institution: 'ARS-PDL',
      organisation: own.organisation,
      until: '2021-07-05T16:00:00+02:00',
      reason: 'Hospitalisation de la directrice.',
    };
    accepted(await cast.ars.admin.post(`/api/calls/${call}/grant-extension`, grant));
    const extension = uid(call, `extension-${own.organisation}`);
    expect((await feedOf(address)).get(extension)).toMatchObject({
      at: '2021-07-05T14:00:00Z',
      sequence: 0,
      summary: `Date limite de dépôt prolongée pour Association n° 1 : ${title}`,
    });
    const later = '2021-07-06T16:00:00+02:00';
    accepted(await cast.ars.admin.post(`/api/calls/${call}/grant-extension`, { ...grant, until: later }));
    expect((await feedOf(address)).get(extension)).toMatchObject({ at: '2021-07-06T14:00:00Z', sequence: 1 });
    const other = await applicant(world, cast, 2);
    expect((await feedOf(await addressOf(other.person))).size).toBe(0);
    expect((await world.anonymous.get(`/api/calls/${call}/calendar.ics`)).text).not.toContain(own.organisation);
  });

  it('has what they owe by a date of its own, until it is done', async () => {
    const report = 'report-of-the-calendar';
    const stream = `reports-${own.organisation}`;
    const address = await addressOf(own.person);
    await happened(world, stream, {
      type: 'ReportExpected',
      ...{ report, kind: 'activity', application: file, call, leads: ['ARS-PDL'], dueOn: '2022-06-30' },
    });
    const due = `reports:${report}@convergence`;
    expect((await feedOf(address)).get(due)).toMatchObject({
      at: '2022-06-30T21:59:59Z',
      sequence: 0,
      summary: 'Bilans à remettre : dossier de Association n° 1',
    });
    await happened(world, stream, { type: 'ReportExtended', report, dueOn: '2022-09-30', reason: 'Congé.' });
    expect((await feedOf(address)).get(due)).toMatchObject({ at: '2022-09-30T21:59:59Z', sequence: 1 });
    const other = await applicant(world, cast, 3);
    expect((await feedOf(await addressOf(other.person))).has(due)).toBe(false);
    await happened(world, stream, { type: 'ReportWaived', report, reason: 'Sans objet.' });
    expect((await feedOf(address)).has(due)).toBe(false);
  });

  it('has the completions of their file, for who examines it unless they have a conflict on it', async () => {
    const { officer } = cast.ars;
    world.clock.set('2021-07-06T14:00:01Z');
    await unsealed(cast.ars.admin, call);
    const hand = { to: officer.id, reason: 'Répartition des dossiers.' };
    accepted(await cast.ars.admin.post(`/api/applications/${file}/hand-over`, hand));
    const request = { institution: 'ARS-PDL', fields: ['budget'], documents: [], reason: 'Le budget est incomplet.' };
    accepted(
      await officer.post(`/api/applications/${file}/request-completion`, {
        ...request,
        dueAt: '2021-07-20T18:00:00+02:00',
      }),
    );
    const [ofApplicant, ofOfficer, ofAdmin] = [
      await addressOf(own.person),
      await addressOf(officer),
      await addressOf(cast.ars.admin),
    ];
    const completion = `${file}-completion-1@convergence`;
    expect((await feedOf(ofApplicant)).get(completion)).toMatchObject({
      at: '2021-07-20T16:00:00Z',
      sequence: 0,
      summary: 'Compléments à remettre : dossier de Association n° 1',
    });
    expect((await feedOf(ofOfficer)).has(completion)).toBe(true);
    expect((await feedOf(ofAdmin)).has(completion)).toBe(false);
    accepted(
      await officer.post(`/api/applications/${file}/extend-completion`, {
        dueAt: '2021-07-27T18:00:00+02:00',
        reason: 'Congés de la trésorière.',
      }),
    );
    expect((await feedOf(ofApplicant)).get(completion)).toMatchObject({ at: '2021-07-27T16:00:00Z', sequence: 1 });
    await happened(world, 'reviewer-r1', {
      type: 'ConflictConfirmed',
      call,
      person: officer.id,
      conflict: { application: file, nature: 'other' },
    } as never);
    const seen = await feedOf(ofOfficer);
    expect([seen.has(completion), seen.has(uid(call, 'submissionDeadline'))]).toEqual([false, true]);
    expect((await feedOf(ofApplicant)).has(completion)).toBe(true);
  });

  it('is at an address that can be renewed, that nobody can guess, and that no log shows', async () => {
    const first = await addressOf(own.person);
    const second = await addressOf(own.person);
    expect(second).not.toBe(first);
    const forged = second.replace(/.\.ics$/, (end) => (end.startsWith('0') ? '1.ics' : '0.ics'));
    const nobody = '/api/calendars/nobody.ics';
    for (const address of [first, forged, nobody]) {
      expectRefused(
        await world.anonymous.get(address),
        404,
        'CalendarUnknown',
        "Ce calendrier n'existe pas, ou son adresse a été renouvelée.",
      );
    }
    expect((await world.anonymous.get(second)).status).toBe(200);
    const token = /calendars\/([0-9a-f]{64})\.ics/.exec(second)?.[1] ?? '';
    expect(token).toHaveLength(64);
    expect(lines.some((line) => line.includes('/api/calendars/:token'))).toBe(true);
    for (const secret of [token, token.slice(32)]) expect(lines.filter((line) => line.includes(secret))).toEqual([]);
    const all = await world.server.service.store.readAll(undefined, 100_000);
    expect(JSON.stringify(all)).not.toContain(token.slice(32));
  });

  it('is gone with the person', async () => {
    const address = await addressOf(own.person);
    accepted(await own.person.post(`/api/people/${own.person.id}/forget`));
    expectRefused(await world.anonymous.get(address), 404, 'CalendarUnknown');
  });
});
