import { describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { describeService } from '#server/describe.js';
import { expectRefused } from './refusals.js';
import { call, cast, funders, IBAN, pay, payableFile, waiveReports, world } from './awarded.js';
import { Documented } from './documented.js';

const reasons = 'Le projet ne s’est tenu qu’à moitié.';

describe('a recovery', () => {
  it('is announced, heard, ordered with a title for each line, and paid; then the file is closed', async () => {
    const file = await payableFile(3_000_000, 2_000_000);
    const at = `/api/applications/${file.id}`;
    const { finance } = funders.ars;
    await pay(file, 1, 'ars', 'FIR 2021-118');
    await pay(file, 2, 'dreets', '2100456789');
    const announce = { amountCents: 1_000_000, reasons, observationsUntil: '2021-11-25' };
    expectRefused(
      await finance.post(`${at}/announce-recovery`, { ...announce, amountCents: 2_500_001 }),
      409,
      'AbovePaid',
      "Il n'y a que 25 000,00 € de payés et non encore appelés en reversement.",
    );
    expectRefused(
      await finance.post(`${at}/announce-recovery`, { ...announce, observationsUntil: '2021-11-24' }),
      409,
      'HearingTooShort',
    );
    expect(accepted(await finance.post(`${at}/announce-recovery`, announce))).toEqual({ recovery: 1 });
    const order = { institution: 'ARS-PDL', recovery: 1, amountCents: 800_000, reasons };
    expectRefused(
      await cast.ars.signatory.post(`${at}/order-recovery`, order),
      409,
      'HearingPending',
      "Le bénéficiaire peut présenter ses observations jusqu'au 25 novembre 2021.",
    );
    const observation = { recovery: 1, text: 'Les ateliers reprennent en mars, avec deux puéricultrices.' };
    accepted(await file.person.post(`${at}/observe-recovery`, observation));
    expectRefused(await file.person.post(`${at}/observe-recovery`, observation), 409, 'AlreadyObserved');
    expect(accepted(await cast.ars.signatory.get(`${at}/agreement`))).toMatchObject({
      recoveries: [{ recovery: 1, status: 'announced', reasons, observed: true, observations: observation.text }],
    });
    expectRefused(
      await cast.ars.signatory.post(`${at}/order-recovery`, { ...order, amountCents: 1_000_001 }),
      409,
      'AboveAnnounced',
    );
    expectRefused(await finance.post(`${at}/order-recovery`, order), 403, 'NotAllowed');
    expect(accepted(await cast.ars.signatory.post(`${at}/order-recovery`, order))).toEqual({
      titles: [
        { line: 1, kind: 'recettes', amountCents: 480_000 },
        { line: 2, kind: 'perception', amountCents: 320_000 },
      ],
    });
    expectRefused(await finance.post(`${at}/drop-recovery`, { recovery: 1, reasons }), 409, 'RecoverySettled');
    expectRefused(await cast.ars.admin.post(`${at}/close`), 409, 'FilePending');
    const received = { recovery: 1, paidOn: '2021-11-15', reference: 'TR 2021-12' };
    accepted(await finance.post(`${at}/record-recovery`, received));
    expectRefused(await finance.post(`${at}/record-recovery`, received), 409, 'RecoveryPaid');
    await waiveReports(cast, file.organisation);
    expect(accepted(await cast.ars.admin.post(`${at}/close`))).toEqual({
      paidCents: 2_500_000,
      recoveredCents: 800_000,
    });
    expect(accepted(await file.person.get(`${at}/agreement`))).toMatchObject({
      status: 'closed',
      lines: [
        { line: 1, paidCents: 1_500_000, recoveredCents: 480_000 },
        { line: 2, paidCents: 1_000_000, recoveredCents: 320_000 },
      ],
      recoveries: [{ status: 'paid', amountCents: 800_000, paidOn: '2021-11-15', reference: 'TR 2021-12' }],
    });
    expect(accepted(await cast.ars.admin.get(`/api/calls/${call}/funding`))).toMatchObject({
      items: [
        { line: 1, awardedCents: 3_000_000, paidCents: 1_500_000, recoveredCents: 480_000 },
        { line: 2, awardedCents: 2_000_000, paidCents: 1_000_000, recoveredCents: 320_000 },
      ],
    });
  });

  it('is ordered once the time to answer is over, or dropped', async () => {
    const file = await payableFile(2_000_000, 1_000_000);
    const at = `/api/applications/${file.id}`;
    await pay(file, 1, 'ars', 'FIR 2021-121');
    const announce = { amountCents: 500_000, reasons, observationsUntil: '2021-11-25' };
    for (const recovery of [1, 2]) {
      expect(accepted(await cast.dreets.admin.post(`${at}/announce-recovery`, announce))).toEqual({ recovery });
    }
    expectRefused(await cast.dreets.admin.post(`${at}/announce-recovery`, announce), 409, 'AbovePaid');
    accepted(await cast.dreets.admin.post(`${at}/drop-recovery`, { recovery: 2, reasons }));
    world.clock.set('2021-11-26T08:00:00Z');
    expectRefused(
      await file.person.post(`${at}/observe-recovery`, { recovery: 1, text: 'Trop tard.' }),
      409,
      'ObservationsClosed',
      "Les observations étaient attendues jusqu'au 25 novembre 2021.",
    );
    const order = { institution: 'DREETS-PDL', recovery: 1, amountCents: 500_000, reasons };
    expect(accepted(await cast.dreets.signatory.post(`${at}/order-recovery`, order))).toEqual({
      titles: [{ line: 1, kind: 'recettes', amountCents: 500_000 }],
    });
  });
});

it('what is read of agreements and payments is as documented', async () => {
  const file = await payableFile(2_000_000, 1_000_000);
  const at = `/api/applications/${file.id}`;
  await pay(file, 1, 'ars', 'FIR 2021-122');
  const announce = { amountCents: 500_000, reasons, observationsUntil: '2021-11-25' };
  const documented = new Documented((await describeService()).document);
  const announced = await cast.dreets.admin.post(`${at}/announce-recovery`, announce);
  accepted(await file.person.post(`${at}/observe-recovery`, { recovery: 1, text: 'Nous contestons.' }));
  const order = { institution: 'DREETS-PDL', recovery: 1, amountCents: 500_000, reasons };
  const ordered = await cast.dreets.signatory.post(`${at}/order-recovery`, order);
  const ofFile = '/api/applications/{id}';
  const answers = [
    ['POST', `${ofFile}/announce-recovery`, announced],
    ['POST', `${ofFile}/order-recovery`, ordered],
    ['GET', `${ofFile}/agreement`, await file.person.get(`${at}/agreement`)],
    ['GET', `${ofFile}/agreement/bank-account`, await file.person.get(`${at}/agreement/bank-account`)],
    ['GET', '/api/calls/{id}/payments', await file.person.get(`/api/calls/${call}/payments`)],
    ['GET', '/api/calls/{id}/funding', await cast.ars.admin.get(`/api/calls/${call}/funding`)],
    [
      'POST',
      `${ofFile}/give-bank-account`,
      await file.person.post(`${at}/give-bank-account`, { iban: IBAN, holder: 'La maison' }),
    ],
    ['POST', `${ofFile}/suspend-payments`, await cast.ars.admin.post(`${at}/suspend-payments`, { reason: reasons })],
  ] as const;
  for (const [method, path, answer] of answers) {
    expect([path, documented.faultsOf(method, path, answer)]).toEqual([path, []]);
  }
});
