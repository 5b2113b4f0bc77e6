import { describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { happened } from './happened.js';
import { expectRefused } from './refusals.js';
import { awardedFile, call, cast, draftOf, funders, partiesOf, payableFile, sign, world } from './awarded.js';

interface Shown {
  readonly signatureDue: string | null;
  readonly signatureExtension: { until: string; reason: string } | null;
}

describe('one file alone', () => {
  it('has more time to sign its agreement, with a reason, and those who are awaited are told', async () => {
    const file = await awardedFile(3_000_000, 2_000_000);
    const at = `/api/applications/${file.id}`;
    const body = { until: '2021-12-20T12:00:00+01:00', reason: "Le conseil d'administration se réunit le 15." };
    const shown = async () => accepted(await file.person.get<Shown>(`${at}/agreement`));
    expectRefused(await funders.ars.finance.post(`${at}/extend-signature`, body), 404, 'AgreementUnknown');
    accepted(await cast.ars.admin.post(`${at}/draft-agreement`, draftOf(file)));
    expect(await shown()).toMatchObject({ signatureDue: null, signatureExtension: null });
    const [ofArs = {}, ofDreets = {}, ofApplicant = {}] = partiesOf(file);
    accepted(await sign(cast.ars.signatory, file, ofArs));
    expectRefused(await file.person.post(`${at}/extend-signature`, body), 403, 'NotAllowed');
    accepted(await funders.dreets.finance.post(`${at}/extend-signature`, body));
    const until = '2021-12-20T11:00:00Z';
    expect(await shown()).toMatchObject({
      signatureDue: until,
      signatureExtension: { until, reason: body.reason },
    });
    expectRefused(
      await cast.ars.officer.post(`${at}/extend-signature`, body),
      409,
      'NotLater',
      "La signature est déjà attendue jusqu'au 20 décembre 2021 à 12 h 00 (heure de Paris).",
    );
    const letters = await world.messages('Subject: Délai de signature prolongé', 2);
    expect(letters.map((text) => /^To: (.*) </m.exec(text)?.[1]).sort()).toEqual([
      'Dora Signataire',
      expect.stringContaining('Porteur'),
    ]);
    accepted(await sign(cast.dreets.signatory, file, ofDreets));
    accepted(await sign(file.person, file, ofApplicant));
    expect(await shown()).toMatchObject({ signatureDue: null, signatureExtension: { until } });
    expectRefused(
      await cast.ars.officer.post(`${at}/extend-signature`, { ...body, until: '2022-01-20T12:00:00+01:00' }),
      409,
      'AlreadyConcluded',
      "Toutes les parties ont signé : aucune signature n'est plus attendue.",
    );
  });

  it('has more time for a report: what was blocked is free at once, and blocked again the day after', async () => {
    const file = await payableFile(2_000_000, 1_000_000);
    const report = 'd0d0d0d0-0001-4d0d-8d0d-d0d0d0d0d0d0';
    const request = () => file.person.post(`/api/applications/${file.id}/request-payment`, { instalment: 1 });
    await happened(world, `reports-${file.organisation}`, {
      type: 'ReportExpected',
      report,
      kind: 'activity',
      application: file.id,
      call,
      leads: ['ARS-PDL', 'DREETS-PDL'],
      dueOn: '2021-12-15',
    });
    world.clock.set('2021-12-16T08:00:00Z');
    expectRefused(await request(), 409, 'ReportOverdue');
    const extend = (dueOn: string) =>
      funders.dreets.finance.post(`/api/reports/${report}/extend`, { dueOn, reason: 'Comptes arrêtés en janvier.' });
    expectRefused(await extend('2021-12-15'), 409, 'NotLater');
    accepted(await extend('2021-12-20'));
    const [letter = ''] = await world.messages("Subject: Bilan d'activité : délai prolongé");
    expect(letter).toContain("jusqu'au 20 décembre 2021 inclus. Motif : Comptes arrêtés en janvier.");
    world.clock.set('2021-12-21T08:00:00Z');
    expectRefused(await request(), 409, 'ReportOverdue');
    world.clock.set('2021-12-20T08:00:00Z');
    accepted(await request());
    world.clock.set('2021-12-21T08:00:00Z');
    const indicators = [{ label: 'Familles', target: 10, actual: 9 }];
    accepted(await file.person.post(`/api/reports/${report}/submit`, { text: 'Fait.', indicators }));
    accepted(await cast.ars.officer.post(`/api/reports/${report}/accept`));
    expectRefused(await extend('2022-01-31'), 409, 'ReportSettled', "Ce bilan d'activité est déjà accepté.");
    expect(accepted(await file.person.get<object>(`/api/reports/${report}`))).toMatchObject({
      status: 'accepted',
      overdue: false,
    });
  });
});
