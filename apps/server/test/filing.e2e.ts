import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { canonical } from '#commands/canonical.js';
import { accepted } from '#client/client.js';
import { contents, ready, type Receipt, siret, submit } from './applicants.js';
import { expectRefused } from './refusals.js';
import { call, cast, newApplicant, world } from './open-call.js';

interface File {
  receipts: { receipt: string; replacedBy: string | null }[];
}

describe('a submission', () => {
  it('has a receipt that anybody can verify, and that is mailed', async () => {
    const { person, organisation } = await newApplicant();
    const id = await ready(person, call, organisation);
    const receipt = accepted(await submit(person, id));
    expect(receipt.contentHash).toBe(createHash('sha256').update(canonical(contents)).digest('hex'));
    expect(receipt.receipt).toMatch(/^AR(-[0-9A-HJKMNP-TV-Z]{4}){4}$/);
    expect(accepted(await world.anonymous.get(`/api/receipts/${receipt.receipt}`))).toEqual({
      receipt: receipt.receipt,
      call: 'Appel à projets commun ARS/DREETS – 1000 premiers jours',
      callId: call,
      at: '2021-06-20T08:00:00Z',
      said: '20 juin 2021 à 10 h 00 (heure de Paris)',
      submission: 1,
      contentHash: receipt.contentHash,
      stands: true,
    });
    expectRefused(await world.anonymous.get('/api/receipts/AR-0000-0000-0000-0000'), 404, 'ReceiptUnknown');
    const [message = ''] = await world.messages(receipt.receipt);
    expect(message).toContain('Subject: Accusé de réception');
    expect(message).toContain(`Empreinte du contenu (SHA-256) : ${receipt.contentHash}`);
    expect(message).not.toContain(contents.title);
  });

  it('is replaced until the deadline; both receipts stay, the last one counts', async () => {
    const { person, organisation } = await newApplicant();
    const id = await ready(person, call, organisation);
    expectRefused(await person.post(`/api/applications/${id}/replace`), 409, 'NotSubmitted');
    const first = accepted(await submit(person, id));
    expectRefused(await submit(person, id), 409, 'AlreadySubmitted');
    expectRefused(await person.post(`/api/applications/${id}/replace`), 409, 'NothingChanged');
    const second = accepted(
      await person.post<Receipt>(`/api/applications/${id}/replace`, {
        contents: { ...contents, title: 'Les mille jours, second souffle' },
      }),
    );
    const { receipts } = accepted(await person.get<File>(`/api/applications/${id}`));
    expect(receipts.map(({ receipt, replacedBy }) => [receipt, replacedBy])).toEqual([
      [first.receipt, second.receipt],
      [second.receipt, null],
    ]);
    expect(accepted(await world.anonymous.get(`/api/receipts/${first.receipt}`))).toMatchObject({ stands: false });
    accepted(
      await person.post(`/api/applications/${id}/withdraw`, { reason: 'Nous avons trouvé un autre financement.' }),
    );
    expect(accepted(await world.anonymous.get(`/api/receipts/${second.receipt}`))).toMatchObject({ stands: false });
  });

  it('repeated with its key is the same submission; with another body it is refused', async () => {
    const { person, organisation } = await newApplicant();
    const id = await ready(person, call, organisation);
    const send = (body: object) =>
      person.post<Receipt>(`/api/applications/${id}/submit`, body, {
        key: 'submission-1',
      });
    const first = await send({ contents });
    const again = await send({ contents });
    expect(accepted(again)).toEqual(accepted(first));
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expectRefused(await send({ contents: { ...contents, title: 'Autre chose' } }), 409, 'IdempotencyKeyReused');
    expect(accepted(await person.get<File>(`/api/applications/${id}`)).receipts).toHaveLength(1);
  });

  it('is prepared with the partners of a consortium, and submitted by the applicant alone', async () => {
    const [lead, partner] = [await newApplicant(), await newApplicant()];
    const id = await ready(lead.person, call, lead.organisation);
    expectRefused(await partner.person.get(`/api/applications/${id}`), 404, 'ApplicationUnknown');
    accepted(await lead.person.post(`/api/applications/${id}/share`, { organisation: partner.organisation }));
    accepted(
      await partner.person.edit(`/api/applications/${id}`, `/api/applications/${id}/save-draft`, {
        ...contents,
        title: 'À deux',
      }),
    );
    expectRefused(await submit(partner.person, id), 403, 'NotAllowed');
    accepted(await lead.person.post(`/api/applications/${id}/unshare`, { organisation: partner.organisation }));
    expectRefused(await partner.person.get(`/api/applications/${id}`), 404, 'ApplicationUnknown');
  });
});

describe('paper', () => {
  it('is registered with its date of arrival, late or not', async () => {
    const { officer } = cast.ars;
    const [inTime, late] = [siret(801), siret(802)];
    for (const number of [inTime, late])
      accepted(
        await officer.post('/api/organisations', { name: 'Asso papier', legalForm: 'association', siret: number }),
      );
    world.clock.set('2021-08-20T08:00:00Z');
    const register = (organisation: string, arrivedAt: string) =>
      officer.post<Receipt & { late: boolean }>(`/api/calls/${call}/register-paper-filing`, {
        organisation,
        arrivedAt,
        medium: 'mail',
        reference: 'Courrier 2021-118',
        pieces: 4,
      });
    expect(accepted(await register(inTime, '2021-08-13T16:00:00+02:00')).late).toBe(false);
    const second = accepted(await register(late, '2021-08-13T16:00:01+02:00'));
    expect(second.late).toBe(true);
    expect(accepted(await world.anonymous.get(`/api/receipts/${second.receipt}`))).toMatchObject({
      submission: 0,
      contentHash: null,
    });
    expectRefused(await register(inTime, '2021-08-13T16:00:00+02:00'), 409, 'FiledOnPaper');
    expectRefused(await register(siret(803), '2021-08-13T16:00:00+02:00'), 409, 'OrganisationUnknown');
    expectRefused(
      await cast.ars.admin.post(`/api/calls/${call}/register-paper-filing`, {
        organisation: inTime,
        arrivedAt: '2021-08-13T16:00:00+02:00',
        medium: 'mail',
        reference: 'x',
        pieces: 1,
      }),
      403,
      'NotAllowed',
    );
  });
});
