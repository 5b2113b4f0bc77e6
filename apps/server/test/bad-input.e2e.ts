import { describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { readFileSync } from 'node:fs';
import { accepted, type Answer, type Client } from '#client/client.js';
import { contents, pdf, ready, type Receipt, submit } from './applicants.js';
import { type Parameter, queriesOf } from './examples.js';
import { expectRefused } from './refusals.js';
import { heading } from './stage.js';
import { type Person } from './world.js';
import { call, cast, newApplicant, world } from './open-call.js';

const draft = async (): Promise<{ person: Person; id: string }> => {
  const { person, organisation } = await newApplicant();
  return { person, id: await ready(person, call, organisation) };
};
const postRaw = (client: Client, path: string, body: string, type?: string) =>
  client.send<{ faults?: unknown }>('POST', path, body, {}, type);
const faultsOf = (answer: Answer<unknown>) => (answer.body as { faults?: unknown }).faults;

describe('a body', () => {
  it.each(['{"title": ', '{"title": "a",}', "{'title': 1}", '\u0000', '[', '{"__proto__": {}}'])(
    'that is not JSON is refused: %j',
    async (body) => {
      const answer = await postRaw(cast.ars.admin, '/api/calls', body);
      expectRefused(answer, 400, 'Unreadable', "Le corps de la requête n'est pas du JSON valable.");
    },
  );

  it.each([['text/plain'], ['application/xml'], ['multipart/form-data; boundary=x'], ['application/octet-stream']])(
    'of type %s is refused',
    async (type) => {
      const answer = await postRaw(cast.ars.admin, '/api/calls', JSON.stringify(heading), type);
      expectRefused(answer, 415, 'MediaTypeRefused', 'Envoyez un corps de type application/json.');
    },
  );

  it('has each of its faults told at once, with its field', async () => {
    const wrong = {
      ...heading,
      title: 12,
      kind: 'AOO',
      leads: [],
      territory: { region: 'Bretagne', departements: ['44', 'x'] },
      themes: 'parentalité',
      publics: [''],
      unknown: true,
    };
    const answer = await cast.ars.admin.post('/api/calls', wrong);
    expectRefused(answer, 400, 'InvalidInput', 'La requête ne peut pas être lue : corrigez les champs signalés.');
    const fields = (faultsOf(answer) as { field: string; message: string }[]).map(
      ({ field, message }) => `${field} — ${message}`,
    );
    expect(fields.sort()).toEqual([
      "kind — Doit être l'une de ces valeurs : AAP, AMI.",
      'leads — Doit être une liste de 1 à 10 éléments.',
      'publics — Doit être un texte de 1 à 200 caractères, sans caractère de contrôle.',
      'territory.departements — Doit être un code de département.',
      'territory.region — Doit être un code de région à deux chiffres.',
      'themes — Doit être une liste de 0 à 30 éléments.',
      'title — Doit être un texte de 5 à 300 caractères, sans caractère de contrôle.',
      "unknown — Ce champ n'est pas attendu.",
    ]);
  });

  it('that names what every object has is refused, wherever it does', async () => {
    for (const body of ['{"constructor": 1}', '{"contents": {"title": {"toString": 1}}}']) {
      const { person, id } = await draft();
      const answer = await postRaw(person, `/api/applications/${id}/submit`, body);
      expectRefused(answer, 400, 'InvalidInput');
      expect(faultsOf(answer)).toEqual([
        expect.objectContaining({ code: 'whitelistValidation', message: "Ce champ n'est pas attendu." }),
      ]);
    }
  });

  it('that goes down too many levels is refused', async () => {
    const deep = `{"contents": ${'{"budget": '.repeat(50)}{}${'}'.repeat(50)}}`;
    const { person, id } = await draft();
    const answer = await postRaw(person, `/api/applications/${id}/submit`, deep);
    expectRefused(answer, 400, 'InvalidInput');
    expect(faultsOf(answer)).toMatchObject([{ code: 'isShallow', message: 'Cet objet a trop de niveaux.' }]);
  });

  it('of more than a megabyte is refused', async () => {
    const answer = await cast.ars.admin.post('/api/calls', { ...heading, themes: ['x'.repeat(1_000_001)] });
    expectRefused(answer, 413, 'BodyTooLarge', 'Le corps de la requête est trop volumineux.');
  });
});

describe('a query', () => {
  it.each([
    ['limit=0', 'limit', 'Doit être un nombre entier de 1 à 200.'],
    ['limit=dix', 'limit', 'Doit être un nombre entier de 1 à 200.'],
    ['sort=secret', 'sort', "Doit être l'une de ces valeurs : closesAt, publishedAt, title, changedAt."],
    ['order=up', 'order', "Doit être l'une de ces valeurs : asc, desc."],
    ['colour=red', 'colour', "Ce champ n'est pas attendu."],
    ['sort=title&sort=title', 'sort', "Doit être l'une de ces valeurs : closesAt, publishedAt, title, changedAt."],
  ])('?%s is refused with its field', async (query, field, message) => {
    const answer = await world.anonymous.get(`/api/calls?${query}`);
    expectRefused(answer, 400, 'InvalidInput');
    expect(faultsOf(answer)).toContainEqual(expect.objectContaining({ field, message }));
  });

  it('with a cursor of another list, or of none, is refused', async () => {
    const forged = Buffer.from('["closesAt",false,{},"x"]').toString('base64url');
    for (const cursor of ['abc', forged, Buffer.from('["title",true,"a","b"]').toString('base64url')]) {
      expectRefused(
        await world.anonymous.get(`/api/calls?cursor=${cursor}`),
        400,
        'CursorInvalid',
        "Ce curseur n'est pas de cette liste : reprenez au début.",
      );
    }
  });
});

describe('what is not there', () => {
  it('is not found, whatever it is', async () => {
    const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as OpenAPIObject;
    const paths = Object.keys(document.paths).filter((path) => path.includes('{') && document.paths[path]?.get);
    expect(paths.length).toBeGreaterThan(15);
    for (const path of paths) {
      const unknown = path.replace(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
      for (const query of queriesOf(document.paths[path]?.get?.parameters as Parameter[] | undefined)) {
        const { status, body } = await world.operator.get<{ code: string }>(`${unknown}${query}`);
        expect([path, query, status, body.code]).toEqual([path, query, 404, expect.stringMatching(/Unknown$/)]);
      }
    }
    expectRefused(await world.anonymous.get('/api/nothing'), 404, 'NotFound', 'Cette adresse ne mène à rien.');
    expectRefused(await world.anonymous.delete('/api/calls'), 404, 'NotFound');
    expectRefused(await world.anonymous.get(`/api/calls/${'x'.repeat(201)}`), 414, 'AddressTooLong');
    expectRefused(await world.anonymous.get('/api/calls/%zz'), 400, 'AddressInvalid');
  });

  it("is somebody else's file too", async () => {
    const { id } = await draft();
    const { person } = await draft();
    expectRefused(await person.get(`/api/applications/${id}`), 404, 'ApplicationUnknown', "Ce dossier n'existe pas.");
    expectRefused(await submit(person, id), 404, 'ApplicationUnknown', "Ce dossier n'existe pas.");
    expectRefused(
      await person.put(`/api/applications/${id}/documents?filename=a.pdf`, pdf('a')),
      404,
      'ApplicationUnknown',
    );
  });
});

describe('a draft that several people write', () => {
  it('asks which version was read, and refuses one that is not the last', async () => {
    const { person, id } = await draft();
    const save = (title: string, ifMatch?: string) =>
      person.post(
        `/api/applications/${id}/save-draft`,
        { ...contents, title },
        ifMatch === undefined ? {} : { ifMatch },
      );
    const seen = (await person.get(`/api/applications/${id}`)).headers.get('etag') ?? '';
    expectRefused(await save('Sans version'), 428, 'IfMatchMissing');
    expectRefused(await save('Version illisible', 'W/"x"'), 400, 'IfMatchInvalid');
    const saved = await save('Première', seen);
    accepted(saved);
    expectRefused(await save('Seconde', seen), 412, 'StaleVersion');
    accepted(await save('Seconde', saved.headers.get('etag') ?? ''));
  });

  it("takes one of those who write at once, and loses nobody's text in silence", async () => {
    const { person, id } = await draft();
    const seen = (await person.get(`/api/applications/${id}`)).headers.get('etag') ?? '';
    const titles = Array.from({ length: 8 }, (_, index) => `Titre ${index}`);
    const answers = await Promise.all(
      titles.map((title) =>
        person.post(`/api/applications/${id}/save-draft`, { ...contents, title }, { ifMatch: seen }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    expect(statuses.filter((status) => status === 412)).toHaveLength(7);
    const written = titles[statuses.indexOf(204)];
    expect(accepted(await person.get(`/api/applications/${id}/contents`))).toMatchObject({
      contents: { title: written },
    });
  });
});

describe('a request that is repeated with its key', () => {
  it('has the same answer after a restart, and is refused with another body', async () => {
    const { person, id } = await draft();
    const send = (body: object) =>
      world.as(person).post<Receipt>(`/api/applications/${id}/submit`, body, { key: 'filing-1' });
    const first = await send({ contents });
    expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([200, null]);
    await world.restart();
    await world.ready();
    const again = await send({ contents });
    expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([200, first.text, 'true']);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expectRefused(
      await send({ contents: { ...contents, title: 'Autre chose' } }),
      409,
      'IdempotencyKeyReused',
      "Cette clé d'idempotence a déjà servi à une autre demande : prenez-en une nouvelle.",
    );
    expectRefused(
      await world.as(person).post(`/api/applications/${id}/submit`, {}, { key: 'é'.normalize('NFC') }),
      400,
      'IdempotencyKeyInvalid',
    );
  });
});
