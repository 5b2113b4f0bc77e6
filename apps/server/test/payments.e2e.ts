import { describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { happened } from './happened.js';
import { expectRefused } from './refusals.js';
import { call, cast, funders, IBAN, logged, OTHER_IBAN, pay, payableFile, waiveReports, world } from './awarded.js';
import { until } from './world.js';

interface Rows {
  readonly items: readonly Record<string, unknown>[];
}

describe('a payment', () => {
  it('is requested, certified, approved and recorded, each by somebody else', async () => {
    const file = await payableFile(3_000_000, 2_000_000);
    const at = `/api/applications/${file.id}`;
    const { finance, accountant } = funders.ars;
    const one = { instalment: 1 };
    const record = { ...one, paidOn: '2021-11-15', commitment: 'FIR 2021-118' };
    expectRefused(await cast.ars.officer.post(`${at}/certify-service`, one), 409, 'NotRequested');
    accepted(await cast.ars.officer.post(`${at}/request-payment`, one));
    expectRefused(await cast.ars.officer.post(`${at}/request-payment`, one), 409, 'AlreadyRequested');
    expectRefused(await cast.ars.officer.post(`${at}/certify-service`, one), 409, 'OwnRequest');
    expectRefused(await finance.post(`${at}/approve-payment`, one), 409, 'NotCertified');
    accepted(await funders.dreets.officer.post(`${at}/certify-service`, one));
    expectRefused(await funders.dreets.finance.post(`${at}/approve-payment`, one), 403, 'NotAllowed');
    expectRefused(await accountant.post(`${at}/record-payment`, record), 409, 'NotApproved');
    accepted(await finance.post(`${at}/approve-payment`, one));
    expectRefused(await finance.post(`${at}/approve-payment`, one), 409, 'ApprovedTwice');
    expectRefused(await finance.post(`${at}/record-payment`, record), 409, 'ApprovedByYou');
    expectRefused(
      await accountant.post(`${at}/record-payment`, { ...record, paidOn: '2021-11-16' }),
      409,
      'DateInFuture',
    );
    const sent = await accountant.post(`${at}/record-payment`, record, { key: 'once' });
    expect(sent.status).toBe(204);
    expect((await accountant.post(`${at}/record-payment`, record, { key: 'once' })).status).toBe(204);
    expectRefused(await accountant.post(`${at}/record-payment`, record), 409, 'AlreadyPaid');

    accepted(await file.person.post(`${at}/request-payment`, { instalment: 2 }));
    accepted(await cast.ars.officer.post(`${at}/certify-service`, { instalment: 2 }));
    accepted(await funders.dreets.finance.post(`${at}/approve-payment`, { instalment: 2 }));
    const ofState = (commitment: string) =>
      funders.dreets.accountant.post(`${at}/record-payment`, { instalment: 2, paidOn: '2021-11-15', commitment });
    expectRefused(
      await ofState('FIR 2021-118'),
      409,
      'CommitmentInvalid',
      "Le numéro d'engagement juridique (Chorus) a 10 chiffres.",
    );
    accepted(await ofState('2100456789'));

    expectRefused(
      await file.person.post(`${at}/request-payment`, { instalment: 3 }),
      409,
      'ConditionNotMet',
      "Ce versement attend un bilan d'activité accepté de ce dossier.",
    );
    expectRefused(await file.person.post(`${at}/request-payment`, { instalment: 4 }), 409, 'ConditionNotMet');
    const report = `report-${file.id}`;
    const expected = { kind: 'activity' as const, application: file.id, call, leads: ['ARS-PDL'], dueOn: '2021-11-14' };
    await happened(world, `reports-${file.organisation}`, { type: 'ReportExpected', report, ...expected });
    world.clock.set('2022-03-01T08:00:00Z');
    expectRefused(
      await file.person.post(`${at}/request-payment`, { instalment: 4 }),
      409,
      'ReportOverdue',
      "Ce bénéficiaire devait un bilan d'activité le 14 novembre 2021 : rien ne se paie avant qu'il soit remis.",
    );
    await happened(world, `reports-${file.organisation}`, { type: 'ReportAccepted', report });
    await pay(file, 3, 'ars', 'FIR 2022-031');
    await pay(file, 4, 'dreets', '2100456790');

    expect(accepted(await file.person.get(`${at}/agreement`))).toMatchObject({
      lines: [
        { line: 1, amountCents: 3_000_000, paidCents: 3_000_000, recoveredCents: 0 },
        { line: 2, amountCents: 2_000_000, paidCents: 2_000_000, recoveredCents: 0 },
      ],
      instalments: [
        { number: 1, state: 'paid', approvals: 1, paidOn: '2021-11-15', commitment: 'FIR 2021-118' },
        { number: 2, state: 'paid', commitment: '2100456789' },
        { number: 3, state: 'paid', paidOn: '2022-03-01' },
        { number: 4, state: 'paid' },
      ],
    });
    await waiveReports(cast, file.organisation);
    expect(accepted(await cast.ars.admin.post(`${at}/close`))).toEqual({ paidCents: 5_000_000, recoveredCents: 0 });
    expectRefused(
      await file.person.post(`${at}/give-bank-account`, { iban: IBAN, holder: 'Trop tard' }),
      409,
      'FileClosed',
      "Ce dossier est soldé : plus rien ne s'y ajoute.",
    );
  });

  it('stops while payments are suspended', async () => {
    const file = await payableFile(2_000_000, 1_000_000);
    const at = `/api/applications/${file.id}`;
    const reason = 'Contrôle sur place en cours.';
    accepted(await funders.dreets.finance.post(`${at}/suspend-payments`, { reason }));
    expectRefused(await funders.ars.finance.post(`${at}/suspend-payments`, { reason }), 409, 'AlreadySuspended');
    expect(accepted(await file.person.get(`${at}/agreement`))).toMatchObject({ suspended: reason });
    expectRefused(
      await file.person.post(`${at}/request-payment`, { instalment: 1 }),
      409,
      'PaymentsSuspended',
      'Les paiements de ce dossier sont suspendus.',
    );
    accepted(await funders.dreets.finance.post(`${at}/resume-payments`, { reason: 'Rien à signaler.' }));
    expectRefused(
      await funders.dreets.finance.post(`${at}/resume-payments`, { reason: 'Rien à signaler.' }),
      409,
      'NotSuspended',
    );
    accepted(await file.person.post(`${at}/request-payment`, { instalment: 1 }));
    expectRefused(
      await cast.ars.admin.post(`${at}/close`),
      409,
      'FilePending',
      'Ce dossier ne peut pas être soldé : le versement 1 est demandé et pas payé.',
    );
  });
});

describe('the bank account', () => {
  it('that changes between two payments stops the next until a second person has checked it', async () => {
    const file = await payableFile(2_000_000, 1_000_000);
    const at = `/api/applications/${file.id}`;
    await pay(file, 1, 'ars', 'FIR 2021-119');
    accepted(await file.person.post(`${at}/request-payment`, { instalment: 2 }));
    accepted(await cast.ars.officer.post(`${at}/certify-service`, { instalment: 2 }));
    accepted(await funders.dreets.finance.post(`${at}/approve-payment`, { instalment: 2 }));
    const wrong = await file.person.post(`${at}/give-bank-account`, {
      iban: 'FR7630006000011234567890188',
      holder: 'La maison',
    });
    expectRefused(wrong, 422, 'IbanInvalid');
    expect(wrong.text).not.toContain('0188');
    const holder = 'La maison des mille jours';
    expect(accepted(await file.person.post(`${at}/give-bank-account`, { iban: OTHER_IBAN, holder }))).toEqual({
      account: 2,
      ending: '0189',
    });
    const record = () =>
      funders.dreets.accountant.post(`${at}/record-payment`, {
        instalment: 2,
        paidOn: '2021-11-15',
        commitment: '2100456791',
      });
    expectRefused(
      await record(),
      409,
      'BankAccountUnchecked',
      'Le compte bancaire finissant par 0189 attend sa vérification par une seconde personne.',
    );
    expectRefused(await cast.ars.officer.post(`${at}/check-bank-account`, { account: 1 }), 404, 'BankAccountUnknown');
    expectRefused(await file.person.post(`${at}/check-bank-account`, { account: 2 }), 403, 'NotAllowed');
    accepted(await cast.ars.officer.post(`${at}/check-bank-account`, { account: 2 }));
    expectRefused(await cast.ars.officer.post(`${at}/check-bank-account`, { account: 2 }), 409, 'AlreadyChecked');
    accepted(await record());
    expect(accepted(await file.person.get(`${at}/agreement`))).toMatchObject({
      bank: { account: 2, ending: '0189', checked: true },
    });

    const whole = { account: 2, iban: OTHER_IBAN, holder, checked: true };
    expect(accepted(await file.person.get(`${at}/agreement/bank-account`))).toEqual(whole);
    expect(accepted(await funders.ars.finance.get(`${at}/agreement/bank-account`))).toEqual(whole);
    expectRefused(await cast.ars.officer.get(`${at}/agreement/bank-account`), 403, 'NotAllowed');
    expect(accepted(await cast.ars.admin.get(`${at}/readings`))).toMatchObject({
      items: [{ person: funders.ars.finance.id, what: 'bank-account:2', role: 'finance-officer' }],
    });
  });

  it('is in no record, no index and no line that is logged', async () => {
    const file = await payableFile(2_000_000, 1_000_000);
    const compact = IBAN.replaceAll(' ', '');
    const { store, projector } = world.server.service;
    const all = await store.readAll(undefined, 100_000);
    const holding = all.filter((event) => JSON.stringify(event).includes(compact));
    expect(holding.map(({ stream }) => stream)).toContain(`content-agreement-${file.id}`);
    expect(
      holding.filter(({ stream, type }) => !stream.startsWith('content-') || type !== 'BankAccountWritten'),
    ).toEqual([]);
    const tables = projector.views.all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'");
    for (const { name } of tables) {
      expect([name, JSON.stringify(projector.views.all(`SELECT * FROM ${name}`)).includes(compact)]).toEqual([
        name,
        false,
      ]);
    }
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.filter((line) => line.includes(compact) || line.includes(IBAN))).toEqual([]);

    accepted(await file.person.post(`/api/applications/${file.id}/withdraw`, { reason: 'Le projet est abandonné.' }));
    accepted(
      await file.person.post(`/api/applications/${file.id}/forget-contents`, { reason: 'À la demande du porteur.' }),
    );
    const gone = async () =>
      (await file.person.get(`/api/applications/${file.id}/agreement/bank-account`)).status === 410 || undefined;
    await until(gone, 'the erasure of the account');
    expect(accepted(await file.person.get(`/api/applications/${file.id}/agreement`))).toMatchObject({
      bank: { ending: '2606' },
    });
  });
});

describe('the payments of a call', () => {
  it('are listed for those who lead it, and for each beneficiary their own', async () => {
    const file = await payableFile(2_000_000, 1_000_000);
    await pay(file, 1, 'ars', 'FIR 2021-120');
    const path = `/api/calls/${call}/payments`;
    const { items } = accepted(await cast.dreets.admin.get<Rows>(`${path}?sort=line&limit=200`));
    expect(new Set(items.map((row) => row['application'])).size).toBeGreaterThan(1);
    const own = accepted(await file.person.get<Rows>(path)).items;
    expect(own.length).toBe(4);
    expect(own[0]).toEqual({
      application: file.id,
      organisation: file.organisation,
      organisationName: 'Association n° 705',
      number: 1,
      kind: 'advance',
      line: 1,
      funder: 'ARS-PDL',
      programme: 'FIR',
      year: 2021,
      amountCents: 1_000_000,
      state: 'paid',
      paidOn: '2021-11-15',
      commitment: 'FIR 2021-120',
    });
    expect(accepted(await cast.caf.get<Rows>(path)).items).toEqual([]);
    expect(accepted(await file.person.get<Rows>(`${path}?state=paid`)).items).toHaveLength(1);
    const { text } = await file.person.get(path, { accept: 'text/csv' });
    expect(text.split('\n')[0]).toBe(
      'application,organisation,organisationName,number,kind,line,funder,programme,year,amountCents,state,paidOn,commitment',
    );
    expect(text).toContain(',1000000,paid,2021-11-15,FIR 2021-120');
    const funding = accepted(await cast.ars.admin.get<Rows>(`/api/calls/${call}/funding`)).items;
    // Four of the five: who withdrew gave up what was awarded.
    expect(funding).toMatchObject([
      { line: 1, funder: 'ARS-PDL', programme: 'FIR', amountCents: 10_000_000, awardedCents: 9_000_000 },
      { line: 2, funder: 'DREETS-PDL', programme: 'BOP 304', awardedCents: 5_000_000 },
    ]);
    expectRefused(await file.person.get(`/api/calls/${call}/funding`), 403, 'NotAllowed');
  });
});
