import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { accepted } from '#client/client.js';
import { closedCall, contents, pdf, ready, submit } from './applicants.js';
import { expectRefused } from './refusals.js';
import { call, cast, newApplicant, world } from './open-call.js';

interface File {
  documents: { document: string }[];
}

describe('a file', () => {
  it('is one per applicant and call', async () => {
    const { person, organisation } = await newApplicant();
    accepted(await person.post(`/api/calls/${call}/start-application`, { organisation }));
    expectRefused(
      await person.post(`/api/calls/${call}/start-application`, { organisation }),
      409,
      'AlreadyStarted',
      'Votre organisme a déjà un dossier pour cet appel : reprenez-le.',
    );
    expectRefused(
      await person.post(`/api/calls/${call}/start-application`, { organisation, number: 2 }),
      409,
      'SecondFile',
      "Cet appel n'admet qu'un dossier par porteur de projet.",
    );
  });

  it("doesn't exist for anybody else", async () => {
    const { person, organisation } = await newApplicant();
    const id = await ready(person, call, organisation);
    const stranger = (await newApplicant()).person;
    for (const other of [stranger, cast.ars.admin, cast.ars.officer, cast.caf]) {
      expectRefused(await other.get(`/api/applications/${id}`), 404, 'ApplicationUnknown', "Ce dossier n'existe pas.");
      expectRefused(await other.get(`/api/applications/${id}/contents`), 404, 'ApplicationUnknown');
      expectRefused(await submit(other, id), 404, 'ApplicationUnknown');
    }
    expectRefused(await world.anonymous.get(`/api/applications/${id}`), 401, 'NotSignedIn');
  });

  it('tells all of its faults at once, each with its field, in a dry run and in a submission', async () => {
    const { person, organisation } = await newApplicant();
    const { id } = accepted(
      await person.post<{ id: string }>(`/api/calls/${call}/start-application`, { organisation }),
    );
    const wrong = {
      ...contents,
      title: undefined,
      requestedCents: 3_000_001,
      budget: {
        charges: [{ account: '99', label: 'Divers', amountCents: 1_000_000 }],
        products: [{ account: '74', label: 'Subvention', amountCents: 2_000_000 }],
      },
      attestations: { accurate: true, upToDate: true },
    };
    const faults = [
      { field: 'title', code: 'Missing', message: "L'intitulé du projet est obligatoire." },
      {
        field: 'budget.charges[0].account',
        code: 'AccountUnknown',
        message: "Le compte 99 n'est pas admis ici : 60 à 69, 86, 860, 861, 862 ou 864.",
      },
      {
        field: 'budget.products[0].funder',
        code: 'FunderMissing',
        message: 'Une subvention (compte 74) nomme son financeur.',
      },
      {
        field: 'budget',
        code: 'BudgetNotBalanced',
        message: "Le budget n'est pas équilibré : 10 000,00 € de charges, 20 000,00 € de produits.",
      },
      {
        field: 'requestedCents',
        code: 'OverCeiling',
        message: 'Le montant demandé (30 000,01 €) dépasse le plafond de 30 000,00 €.',
      },
      {
        field: 'requestedCents',
        code: 'OverProducts',
        message: 'Le montant demandé dépasse le total des produits (20 000,00 €).',
      },
      { field: 'documents.statuts', code: 'DocumentMissing', message: 'Pièce obligatoire manquante : Statuts.' },
      {
        field: 'attestations.republicanContract',
        code: 'RepublicanContractMissing',
        message: "Une association souscrit le contrat d'engagement républicain (décret 2021-1947).",
      },
    ];
    expect(accepted(await person.post(`/api/applications/${id}/dry-run`, { contents: wrong }))).toEqual({ faults });
    const refused = await submit(person, id, { contents: wrong });
    expectRefused(refused, 422, 'ApplicationIncomplete', "Le dossier ne peut pas être déposé en l'état.");
    expect((refused.body as unknown as { faults: unknown }).faults).toEqual(faults);
  });

  it('is in time in the second of the deadline, and late in the next', async () => {
    const other = await closedCall(world, cast);
    const [inTime, late] = [await newApplicant(), await newApplicant()];
    const [first, second] = [
      await ready(inTime.person, other, inTime.organisation),
      await ready(late.person, other, late.organisation),
    ];
    world.clock.set('2021-07-01T14:00:00Z');
    expect(accepted(await submit(inTime.person, first)).submittedAt).toBe('2021-07-01T14:00:00Z');
    world.clock.set('2021-07-01T14:00:01Z');
    expectRefused(
      await submit(late.person, second),
      409,
      'CallClosed',
      'La date limite de dépôt est passée : 1er juillet 2021 à 16 h 00 (heure de Paris).',
    );
  });
});

describe('documents', () => {
  it('are kept as they came, their type found in their bytes', async () => {
    const { person, organisation } = await newApplicant();
    const { id } = accepted(
      await person.post<{ id: string }>(`/api/calls/${call}/start-application`, { organisation }),
    );
    const bytes = pdf('Budget détaillé');
    const attached = accepted(
      await person.put<{ document: string; sha256: string }>(
        `/api/applications/${id}/documents?filename=budget%20d%C3%A9taill%C3%A9.pdf`,
        bytes,
      ),
    );
    expect(attached).toMatchObject({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.length,
      mediaType: 'application/pdf',
    });
    const read = await person.get(`/api/applications/${id}/documents/${attached.document}`);
    expect([read.status, read.text, read.headers.get('content-type')]).toEqual([
      200,
      Buffer.from(bytes).toString(),
      'application/pdf',
    ]);
    expect(read.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''budget%20d%C3%A9taill%C3%A9.pdf",
    );
    const attach = (body: Uint8Array) => person.put(`/api/applications/${id}/documents?filename=x.pdf`, body);
    expectRefused(await attach(bytes), 409, 'AlreadyAttached');
    expectRefused(await attach(Buffer.from('<html>not a pdf</html>')), 415, 'DocumentTypeRefused');
    expectRefused(await attach(Buffer.alloc(0)), 422, 'DocumentEmpty');
    expectRefused(await attach(Buffer.concat([bytes, Buffer.alloc(20_000_001)])), 413, 'DocumentTooLarge');
    accepted(await person.delete(`/api/applications/${id}/documents/${attached.document}`));
    expect(accepted(await person.get<File>(`/api/applications/${id}`)).documents).toEqual([]);
  });
});
