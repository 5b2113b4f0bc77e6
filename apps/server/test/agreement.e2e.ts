import { describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { happened } from './happened.js';
import { expectRefused } from './refusals.js';
import {
  type Awarded,
  awardedFile,
  call,
  cast,
  draftOf,
  funders,
  halvesOf,
  nextFile,
  orderOf,
  partiesOf,
  plan,
  sign,
  world,
} from './awarded.js';

interface Shown {
  readonly status: string;
  readonly form: string;
  readonly parties: readonly { id: string; signedAt: string | null; delegation: string | null }[];
}
const shown = async ({ id }: Awarded, person = cast.ars.admin) =>
  accepted(await person.get<Shown>(`/api/applications/${id}/agreement`));
const draft = ({ id }: Awarded, body: object) => cast.ars.admin.post(`/api/applications/${id}/draft-agreement`, body);

describe('an agreement', () => {
  it('is compulsory above 23 000 € a year, signed by each party, once, and concluded with the last', async () => {
    const file = await awardedFile(3_000_000, 2_000_000);
    const [ofArs = {}, ofDreets = {}, ofApplicant = {}] = partiesOf(file);
    expectRefused(
      await draft(file, orderOf(file)),
      409,
      'AgreementCompulsory',
      'Une convention est obligatoire : ARS-PDL donne 30 000,00 € pour 2021. ' +
        'Plus de 23 000,00 € par an : convention obligatoire (CSP R1435-30).',
    );
    expectRefused(await draft(file, { ...draftOf(file), parties: [ofArs, ofApplicant] }), 409, 'PartyMissing');
    accepted(await draft(file, { ...draftOf(file), object: 'Une première rédaction.' }));
    accepted(await draft(file, draftOf(file)));
    expect(await shown(file, file.person)).toMatchObject({
      status: 'drafted',
      form: 'agreement',
      object: 'La maison des mille jours, un an d’ateliers.',
      concludedOn: null,
      bank: null,
      yearly: [
        { funder: 'ARS-PDL', year: 2021, amountCents: 3_000_000, compulsory: true },
        { funder: 'DREETS-PDL', year: 2021, amountCents: 2_000_000, compulsory: false },
      ],
    });
    expectRefused(
      await cast.ars.signatory.post(`/api/applications/${file.id}/sign-agreement`, { party: ofArs }),
      428,
      'IfMatchMissing',
    );
    accepted(await sign(cast.ars.signatory, file, ofArs));
    expectRefused(await sign(cast.ars.signatory, file, ofArs), 409, 'AlreadySigned');
    expectRefused(await sign(cast.ars.signatory, file, ofDreets), 403, 'NotAllowed');
    expectRefused(await sign(cast.dreets.signatory, file, ofApplicant), 403, 'NotAllowed');
    expectRefused(await draft(file, draftOf(file)), 409, 'SignaturesStarted');
    accepted(await sign(file.person, file, ofApplicant));

    const holder = await world.person('Hugo Délégataire');
    const delegation = { holder: holder.id, acts: ['agreement'], from: '2021-01-01', until: '2021-12-31' };
    const grant = async (ceilingCents: number) =>
      accepted(
        await cast.dreets.signatory.post<{ id: string }>('/api/institutions/DREETS-PDL/grant-delegation', {
          ...delegation,
          ceilingCents,
          reference: `Arrêté au plafond de ${ceilingCents}`,
        }),
      ).id;
    const low = await grant(1_999_999);
    const enough = await grant(2_000_000);
    expectRefused(await sign(holder, file, ofDreets), 403, 'DelegationNotNamed');
    expectRefused(
      await sign(holder, file, ofDreets, low),
      403,
      'DelegationCeilingExceeded',
      'Cette délégation est limitée à 19 999,99 € : vous signeriez pour 20 000,00 €.',
    );
    accepted(await sign(holder, file, ofDreets, enough));
    const concluded = await shown(file);
    expect(concluded).toMatchObject({ status: 'concluded', concludedOn: '2021-11-15', publishBefore: '2022-02-15' });
    expect(concluded.parties).toEqual([
      {
        kind: 'institution',
        id: 'ARS-PDL',
        name: 'Agence régionale de santé Pays de la Loire',
        signedAt: '2021-11-15T09:00:00Z',
        delegation: null,
      },
      expect.objectContaining({ id: 'DREETS-PDL', delegation: enough }),
      expect.objectContaining({ id: file.organisation, name: 'Association n° 701', delegation: null }),
    ]);
  });

  it('is an order below, which its funders sign alone', async () => {
    const file = await awardedFile(2_300_000, 800_000);
    const [ofArs = {}, ofDreets = {}, ofApplicant = {}] = partiesOf(file);
    expectRefused(
      await draft(file, { ...orderOf(file), parties: partiesOf(file) }),
      409,
      'PartyNotFunder',
      `Un arrêté n'est signé que par ses financeurs : retirez ${file.organisation} des parties.`,
    );
    accepted(await draft(file, orderOf(file)));
    expectRefused(await sign(file.person, file, ofApplicant), 409, 'NotAParty');
    accepted(await sign(cast.ars.signatory, file, ofArs));
    accepted(await sign(cast.dreets.signatory, file, ofDreets));
    expect(await shown(file)).toMatchObject({ status: 'concluded', form: 'order' });
  });

  it('waits for an award, and for a reduced amount to be accepted', async () => {
    const file = nextFile();
    expectRefused(await draft(file, draftOf(file)), 409, 'AwardNotGranted');
    const lines = [{ line: 1, amountCents: 1_000_000 }];
    const granted = { call, attempt: 1, organisation: file.organisation, lines, amountCents: 1_000_000 };
    await happened(world, `award-${file.id}`, { type: 'AwardGranted', ...granted, requestedCents: 2_000_000 });
    const order = { ...orderOf(file), parties: [{ kind: 'institution', id: 'ARS-PDL' }] };
    expectRefused(await draft(file, order), 409, 'ReducedAmountPending');
    const content = { version: 0, hash: 'a'.repeat(64) };
    await happened(world, `award-${file.id}`, { type: 'ReducedAmountAccepted', call, content, totalCents: 2_000_000 });
    accepted(await draft(file, order));
  });

  it('does not exist for others', async () => {
    const file = await awardedFile(2_000_000, 1_000_000);
    const stranger = await world.person('Éric Étranger');
    const at = `/api/applications/${file.id}`;
    expectRefused(await stranger.post(`${at}/draft-agreement`, draftOf(file)), 404, 'ApplicationUnknown');
    accepted(await draft(file, draftOf(file)));
    for (const person of [stranger, cast.caf]) {
      expectRefused(await person.get(`${at}/agreement`), 404, 'AgreementUnknown');
      expectRefused(await person.get(`${at}/agreement/bank-account`), 404, 'AgreementUnknown');
      expectRefused(await person.post(`${at}/draft-agreement`, draftOf(file)), 404, 'AgreementUnknown');
      expectRefused(await person.post(`${at}/request-payment`, { instalment: 1 }), 404, 'AgreementUnknown');
    }
    expectRefused(await file.person.post(`${at}/close`), 403, 'NotAllowed');
    expectRefused(await cast.ars.officer.post(`${at}/suspend-payments`, { reason: 'Sans droit.' }), 403, 'NotAllowed');
  });
});

describe('the instalments of an agreement', () => {
  it('add up to the award of each line, and are planned by whoever has read the last version', async () => {
    const file = await awardedFile(2_000_000, 1_000_000);
    accepted(await draft(file, draftOf(file)));
    const halves = halvesOf(2_000_000, 1_000_000);
    const [first, ...others] = halves;
    expectRefused(
      await plan(funders.ars.finance, file, [{ ...first, amountCents: 999_999 }, ...others]),
      409,
      'InstalmentsDontAddUp',
      'Les versements de la ligne 1 (ARS-PDL, FIR, 2021) font 19 999,99 € au lieu de 20 000,00 €.',
    );
    expectRefused(
      await plan(funders.ars.finance, file, [
        { ...first, amountCents: 1_000_001 },
        ...others.map((one) => (one.number === 3 ? { ...one, amountCents: 999_999 } : one)),
      ]),
      409,
      'AdvanceTooHigh',
    );
    const unclear = await plan(funders.ars.finance, file, [{ ...first, condition: { kind: 'date' } }, ...others]);
    expectRefused(unclear, 400, 'InvalidInput');
    expect(unclear.body).toMatchObject({
      faults: [{ field: 'instalments[0].condition', message: "attend « on », et rien d'autre" }],
    });
    expectRefused(await plan(cast.ars.admin, file, halves), 403, 'NotAllowed');
    const path = `/api/applications/${file.id}/plan-instalments`;
    const stale = await funders.ars.finance.post(
      path,
      { institution: 'ARS-PDL', instalments: halves },
      { ifMatch: '"7"' },
    );
    expectRefused(stale, 412, 'StaleVersion');
    accepted(await plan(funders.ars.finance, file, halves));
    expect(await shown(file)).toMatchObject({
      instalments: [
        {
          number: 1,
          kind: 'advance',
          line: 1,
          amountCents: 1_000_000,
          condition: { kind: 'signature', on: null, report: null },
          state: 'planned',
          approvals: 0,
          paidOn: null,
          commitment: null,
        },
        { number: 2, condition: { kind: 'signature' } },
        { number: 3, condition: { kind: 'report', on: null, report: 'activity' } },
        { number: 4, condition: { kind: 'date', on: '2022-03-01', report: null } },
      ],
    });
  });
});
