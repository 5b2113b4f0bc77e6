import { describe, expect, it } from '@jest/globals';
import { suspicionsOf } from './suspicion.js';

const reviewer = { person: 'p-1', name: 'Élise Lévêque', email: 'elise@chu-nantes.example' };
const somebody = { person: 'p-2', name: 'Camille Martin', email: 'camille@asso.example' };

describe('a suspected conflict', () => {
  it('is none between strangers', () => expect(suspicionsOf(reviewer, [somebody])).toEqual([]));
  it('is to be a member of the applicant', () =>
    expect(suspicionsOf(reviewer, [somebody, reviewer])).toEqual([
      { reason: 'same-organisation', said: "Membre de l'organisme porteur ou partenaire." },
    ]));
  it('is to write from the same domain', () =>
    expect(suspicionsOf(reviewer, [{ ...somebody, email: 'Camille@CHU-Nantes.example' }])).toEqual([
      { reason: 'same-domain', said: 'Même domaine de messagerie que Camille Martin : chu-nantes.example.' },
    ]));
  it.each(['gmail.com', 'orange.fr', 'laposte.net', 'free.fr', 'yahoo.co.uk', 'outlook.fr', 'proton.me'])(
    'is not to have an address where everybody may: %s',
    (domain) =>
      expect(
        suspicionsOf({ ...reviewer, email: `elise@${domain}` }, [{ ...somebody, email: `camille@${domain}` }]),
      ).toEqual([]),
  );
  it('is to bear the same family name, accents and capitals aside', () =>
    expect(suspicionsOf(reviewer, [{ ...somebody, name: 'Paul LEVEQUE' }])).toEqual([
      { reason: 'same-name', said: 'Même nom de famille que Paul LEVEQUE.' },
    ]));
  it('gives every reason', () =>
    expect(
      suspicionsOf(reviewer, [reviewer, { person: 'p-3', name: 'Jean Lévêque', email: 'jean@chu-nantes.example' }]).map(
        ({ reason }) => reason,
      ),
    ).toEqual(['same-organisation', 'same-domain', 'same-name']));
  it('is none with people who were forgotten', () =>
    expect(
      suspicionsOf({ person: 'p-1', name: null, email: null }, [{ person: 'p-2', name: null, email: null }]),
    ).toEqual([]));
});
