import { describe, expect, it } from '@jest/globals';
import type { CallEvent } from './call-facts.js';
import { ARS, given, known, open, outsidePublication, schedule, unsealed } from './fixtures.js';

const byOffice = { kind: 'office' } as const;
const extended: CallEvent = {
  type: 'ExtensionGranted',
  institution: ARS,
  organisation: 'W442000001',
  until: '2021-08-20T14:00:00Z',
  reason: 'Hospitalisation de la directrice.',
};
/** 16 h on 13 August in Paris is still in time; the second after is not. */
const deadline = { at: '2021-08-13T14:00:00Z' };
const justAfter = { at: '2021-08-13T14:00:01Z' };

describe('unsealing contents', () => {
  const unseal = { type: 'UnsealContents' } as const;
  const outage: CallEvent = {
    type: 'OutageExtensionGranted',
    number: 1,
    institution: ARS,
    capacity: byOffice,
    outage: { from: '2021-08-13T12:00:00Z', until: '2021-08-13T13:00:00Z', description: 'Panne.' },
    before: schedule,
    after: { milestones: [{ kind: 'submissionDeadline', at: '2021-08-16T14:00:00Z' }] },
  };
  const openUntil = (said: string) => `Le dépôt est ouvert jusqu'au ${said}.`;

  it('comes the second after the deadline', () =>
    given(...open)
      .when(unseal, justAfter)
      .then(unsealed));
  it('is refused at the very second of the deadline, which is in time', () =>
    given(...open)
      .when(unseal, deadline)
      .thenRefused('WindowOpen', openUntil('13 août 2021 à 16 h 00 (heure de Paris)')));
  it.each([
    ['an extension', extended, '2021-08-20T14:00:00Z', '20 août 2021 à 16 h 00 (heure de Paris)'],
    ['an outage', outage, '2021-08-16T14:00:00Z', '16 août 2021 à 16 h 00 (heure de Paris)'],
  ])('waits for the end of %s', (_, event, at, said) =>
    given(...open, event)
      .when(unseal, { at })
      .thenRefused('WindowOpen', openUntil(said)),
  );
  it('says when the window ended, extensions included', () =>
    given(...open, extended)
      .when(unseal, { at: '2021-08-20T14:00:01Z' })
      .then({ type: 'ContentsUnsealed', windowEnd: '2021-08-20T14:00:00Z' }));
  it('is remembered', () => expect(known(...open, unsealed)).toMatchObject({ unsealed: true }));
  it('changes nothing when repeated', () =>
    given(...open, unsealed)
      .when(unseal, justAfter)
      .then());
  it('comes again after the window reopened', () =>
    given(...open, unsealed, outage, { type: 'ContentsResealed', windowEnd: '2021-08-16T14:00:00Z' })
      .when(unseal, { at: '2021-08-16T14:00:01Z' })
      .then({ type: 'ContentsUnsealed', windowEnd: '2021-08-16T14:00:00Z' }));
  it.each(outsidePublication)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(unseal, justAfter)
      .thenRefused(code, sentence),
  );
});
