import { expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { reviewerId } from '#commands/ids.js';
import { applicant, ready, submit, unsealed } from './applicants.js';
import { cast, world } from './first-day.js';
import { happened } from './happened.js';
import { publishedCall } from './stage.js';

interface Preview {
  readonly silence?: { milestone: string; at: string; source: string; count: number; files: { application: string }[] };
  readonly warnings: string[];
}

it('a new commission beyond the delay after which silence rejects lists the files concerned, with their dates', async () => {
  const call = await publishedCall(world, cast, {
    schedule: {
      milestones: [
        { kind: 'publication', at: '2021-06-14T09:00:00+02:00' },
        { kind: 'submissionDeadline', at: '2021-07-01T16:00:00+02:00' },
        { kind: 'commission', at: '2021-08-12T09:30:00+02:00' },
      ],
    },
  });
  const filed = async (number: number, at: string): Promise<string> => {
    const { person, organisation } = await applicant(world, cast, number);
    world.clock.set(at);
    const id = await ready(person, call, organisation);
    accepted(await submit(person, id));
    return id;
  };
  const early = await filed(1, '2021-06-20T08:00:00Z');
  const hidden = await filed(2, '2021-06-20T09:00:00Z');
  await filed(3, '2021-07-01T13:59:00Z');
  const preview = async (at: string, who = cast.ars.admin): Promise<Preview> =>
    accepted(await who.post<Preview>(`/api/calls/${call}/preview-shift`, { changes: [{ kind: 'commission', at }] }));
  const later = '2021-08-26T09:30:00+02:00';

  expect((await preview(later)).silence).toMatchObject({ count: 2, files: [] });
  world.clock.set('2021-07-01T14:00:01Z');
  await unsealed(cast.ars.admin, call);

  expect((await preview('2021-08-20T09:30:00+02:00')).silence).toBeUndefined();
  const { silence, warnings } = await preview(later);
  expect(silence).toEqual({
    milestone: 'commission',
    at: '2021-08-26T07:30:00Z',
    source: 'CRPA L231-4 3°',
    count: 2,
    files: [
      {
        application: early,
        organisation: expect.any(String),
        organisationName: 'Association n° 1',
        receipt: expect.any(String),
        since: '2021-06-20T08:00:00Z',
        until: '2021-08-20T21:59:59Z',
        said: '20 août 2021 à 23 h 59 min 59 s (heure de Paris)',
      },
      expect.objectContaining({ application: hidden, until: '2021-08-20T21:59:59Z' }),
    ],
  });
  expect(warnings).toContain(
    'Pour 2 dossiers, le silence vaudra rejet avant la nouvelle date de « commission de sélection » (CRPA L231-4 3°).',
  );

  const { id: person } = cast.ars.admin;
  await happened(
    world,
    `reviewer-${reviewerId(call, person)}`,
    { type: 'ReviewerAppointed', call, person, expertise: [] },
    { type: 'InterestsDeclared', call, person, conflicts: [{ application: hidden, nature: 'governance' }] },
  );
  expect((await preview(later)).silence).toMatchObject({ count: 1, files: [{ application: early }] });
});
