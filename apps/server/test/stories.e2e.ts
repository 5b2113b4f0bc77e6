import { describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { ready, submit } from './applicants.js';
import { until } from './world.js';
import { call, cast, newApplicant, world } from './open-call.js';

describe('everybody concerned', () => {
  it('is told when dates move: old date, new date, reason', async () => {
    const { person, organisation } = await newApplicant();
    await ready(person, call, organisation);
    const changes = [{ kind: 'commission', at: '2021-10-07T09:30:00+02:00' }];
    const reason = 'La présidente de la commission est empêchée.';
    accepted(
      await cast.ars.admin.post(`/api/calls/${call}/propose-shift`, { institution: 'ARS-PDL', changes, reason }),
    );
    accepted(
      await cast.dreets.admin.post(`/api/calls/${call}/agree-to-shift`, { institution: 'DREETS-PDL', proposal: 1 }),
    );
    const me = accepted(await person.get<{ id: string }>('/api/me'));
    const { items } = await until(async () => {
      const found = accepted(
        await person.get<{ items: { kind: string; deliveredAt: string | null }[] }>(`/api/people/${me.id}/notices`),
      );
      return found.items.some(({ kind, deliveredAt }) => kind === 'schedule-shifted' && deliveredAt)
        ? found
        : undefined;
    }, 'the notice of the shift');
    expect(items.filter(({ kind }) => kind === 'schedule-shifted')).toHaveLength(1);
    const [message = ''] = await world.messages('Subject: Calendrier décalé');
    expect(message).toContain(
      '- commission de sélection : 30 septembre 2021 à 9 h 30 (heure de Paris) → 7 octobre 2021 à 9 h 30 (heure de Paris)',
    );
    expect(message).toContain(`Motif : ${reason}`);
  });
});

describe('the story of a file', () => {
  it('tells each step with who, in which role and under which rule, as of any instant', async () => {
    const { person, organisation } = await newApplicant();
    const id = await ready(person, call, organisation);
    world.clock.set('2021-07-01T08:00:00Z');
    accepted(await submit(person, id));
    interface Story {
      status: string;
      steps: { fact: string; role: string; behalf?: string; rule: string; said: string }[];
    }
    const now = accepted(await person.get<Story>(`/api/applications/${id}/story`));
    expect(now.status).toBe('submitted');
    expect(now.steps.map(({ fact }) => fact)).toEqual(
      expect.arrayContaining([
        'CallPublished',
        'ApplicationStarted',
        'DocumentAttached',
        'DraftSaved',
        'ApplicationSubmitted',
      ]),
    );
    expect(now.steps.at(-1)).toMatchObject({
      role: 'submitter',
      behalf: `organisation:${organisation}`,
      said: '1er juillet 2021 à 10 h 00 (heure de Paris)',
    });
    const before = accepted(await person.get<Story>(`/api/applications/${id}/story?asOf=2021-06-30T00:00:00Z`));
    expect(before.status).toBe('draft');
    expect(before.steps.map(({ fact }) => fact)).not.toContain('ApplicationSubmitted');
  });
});
