import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accepted, Client } from '#client/client.js';
import { digest } from '#commands/canonical.js';
import { codeIn } from '#client/mail.js';
import { expectRefused } from './refusals.js';
import { type Cast, castOf, heading } from './stage.js';
import { type Person, World } from './world.js';

interface Token {
  readonly person: string;
  readonly id: string;
  readonly token: string;
  readonly expiresAt: string;
}
interface Listed {
  readonly items: readonly { token: string; label: string; scopes: string[]; revokedAt: string | null }[];
}

let world: World;
let cast: Cast;
let person: Person;
let count = 0;
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  cast = await castOf(world);
});
beforeEach(async () => {
  world.clock.set('2021-05-12T08:00:00Z');
  person = await world.person(`Personne ${'abcdefghijklmnopqrstuvwxyz'[count++] ?? ''}`);
});
afterAll(() => world.close());

const issue = (by: Client, to: Person, body: object = {}, key?: string) =>
  by.post<Token>(
    `/api/people/${to.id}/issue-token`,
    { label: 'sauvegarde', scopes: ['read'], days: 30, ...body },
    key === undefined ? {} : { key },
  );
const client = (token: string) => new Client(world.server.url, token);

/** Names of the files under the folder that hold this text, as bytes. */
const filesWith = (text: string): string[] =>
  readdirSync(world.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => bytesOf(path).includes(text));

/** A message may be renamed into the outbox meanwhile: it is then met under its name, or next time. */
function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

describe('a token', () => {
  it('is shown once, listed without its secret, and kept as a hash only', async () => {
    const made = accepted(await issue(person, person));
    expect(made).toEqual({
      person: person.id,
      id: made.id,
      token: expect.stringMatching(/^cv_[\w-]{43}$/),
      expiresAt: '2021-06-11T08:00:00Z',
    });
    const listed = await person.get<Listed>(`/api/people/${person.id}/tokens`);
    expect(accepted(listed).items).toHaveLength(2);
    expect(listed.body.items).toContainEqual({
      token: made.id,
      label: 'sauvegarde',
      scopes: ['read'],
      issuedAt: '2021-05-12T08:00:00Z',
      expiresAt: '2021-06-11T08:00:00Z',
      revokedAt: null,
    });
    expect(listed.text).not.toContain('cv_');
    expect(listed.text).not.toContain(digest(made.token));
    expect(filesWith(made.token)).toEqual([]);
    expect(filesWith(digest(made.token)).length).toBeGreaterThan(0);
  });

  it('made again with the same key is the same one, and never another', async () => {
    const first = await issue(person, person, {}, 'token-1');
    const again = await issue(person, person, {}, 'token-1');
    expect(accepted(again)).toEqual(accepted(first));
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expectRefused(await issue(person, person, { days: 31 }, 'token-1'), 409, 'IdempotencyKeyReused');
    expect(accepted(await person.get<Listed>(`/api/people/${person.id}/tokens`)).items).toHaveLength(2);
  });

  it('reads, writes and administers only as far as its scopes', async () => {
    const of = async (...scopes: string[]) => client(accepted(await issue(person, person, { scopes })).token);
    const [read, write] = [await of('read'), await of('write')];
    accepted(await read.get('/api/me'));
    const organisation = { name: 'Asso', legalForm: 'association', siret: '38033590100027' };
    const sentence = (scope: string) => `Ce jeton ne permet pas cela : il lui faut la portée « ${scope} ».`;
    expectRefused(await read.post('/api/organisations', organisation), 403, 'TokenScope', sentence('write'));
    expectRefused(await write.get('/api/me'), 403, 'TokenScope', sentence('read'));
    for (const limited of [read, write]) {
      expectRefused(await issue(limited, person), 403, 'TokenScope', sentence('administer'));
    }
  });

  it('ends with its last second, by the clock of the service', async () => {
    const { token, expiresAt } = accepted(await issue(person, person, { days: 1 }));
    expect(expiresAt).toBe('2021-05-13T08:00:00Z');
    world.clock.set('2021-05-13T07:59:59Z');
    accepted(await client(token).get('/api/me'));
    world.clock.set('2021-05-13T08:00:00Z');
    const answer = await client(token).get('/api/me');
    expectRefused(answer, 401, 'NotSignedIn', "Ce jeton n'est pas valable, ou plus.");
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="Convergence"');
    // Nor does it open what is everybody's: whoever sends a token means to be somebody.
    expectRefused(await client(token).get('/api/calls'), 401, 'NotSignedIn');
  });

  it.each([
    ['the person themselves', () => person],
    ['the operator', () => world.operator],
  ])('is revoked by %s, from the next request on', async (_, who) => {
    const { id, token } = accepted(await issue(person, person));
    accepted(await client(token).get('/api/me'));
    const revoke = () => who().post(`/api/people/${person.id}/tokens/${id}/revoke`);
    accepted(await revoke());
    expectRefused(await client(token).get('/api/me'), 401, 'NotSignedIn');
    expectRefused(await revoke(), 409, 'TokenRevoked', 'Ce jeton est déjà révoqué.');
    const { items } = accepted(await person.get<Listed>(`/api/people/${person.id}/tokens`));
    expect(items.find((row) => row.token === id)?.revokedAt).toBe('2021-05-12T08:00:00Z');
  });

  it('is made, seen and revoked by nobody else', async () => {
    const { id } = accepted(await issue(person, person));
    for (const other of [cast.ars.admin, cast.ars.signatory, cast.caf]) {
      const revoke = await other.post(`/api/people/${person.id}/tokens/${id}/revoke`);
      expect([403, 404]).toContain(revoke.status);
      expect([403, 404]).toContain((await issue(other, person)).status);
      expectRefused(await other.get(`/api/people/${person.id}/tokens`), 404, 'PersonUnknown');
    }
    expectRefused(await world.operator.post(`/api/people/${person.id}/tokens/none/revoke`), 404, 'TokenUnknown');
  });

  it.each(['', 'Bearer', 'Bearer ', 'Basic YTpi', 'Bearer cv_x y', 'bearer cv_x', `Bearer ${'x'.repeat(201)}`])(
    'is nothing else than one: %j',
    async (authorization) => {
      const answer = await fetch(`${world.server.url}/api/calls`, { headers: { authorization } });
      expect([authorization, answer.status]).toEqual([authorization, 401]);
    },
  );
});

describe('what somebody may do', () => {
  it('is told to them, wherever it comes from', async () => {
    accepted(
      await world.operator.post(`/api/people/${person.id}/grant-role`, {
        role: 'case-officer',
        scope: { kind: 'institution', id: 'ARS-PDL' },
      }),
    );
    accepted(
      await cast.dreets.signatory.post('/api/institutions/DREETS-PDL/grant-delegation', {
        holder: person.id,
        acts: ['approve-call'],
        from: '2021-05-01',
        until: '2021-12-31',
        reference: 'Arrêté n° 2021-30',
      }),
    );
    const organisation = { name: 'Les Mille Jours', legalForm: 'association', rna: 'W442012345' };
    const claimant = await world.person('Claude Demandeur');
    const { id } = accepted(await claimant.post<{ id: string }>('/api/organisations', organisation));
    accepted(await person.post(`/api/organisations/${id}/claim`));
    expect(accepted(await person.get('/api/me'))).toMatchObject({
      id: person.id,
      email: expect.stringContaining('@example.org'),
      grants: [
        { role: 'case-officer', scope: { kind: 'institution', id: 'ARS-PDL' } },
        { role: 'delegate', scope: { kind: 'institution', id: 'DREETS-PDL' } },
      ],
      organisations: [{ organisation: id, name: 'Les Mille Jours', standing: 'claimed', power: null }],
    });
    expectRefused(await world.anonymous.get('/api/me'), 401, 'NotSignedIn');
  });

  it('holds from the request after it was granted, and no longer than until it is withdrawn', async () => {
    const role = { role: 'administrator', scope: { kind: 'institution', id: 'ARS-PDL' } };
    const act = () => person.post('/api/calls', { ...heading, leads: ['ARS-PDL'] });
    for (let round = 0; round < 5; round++) {
      expectRefused(await act(), 403, 'NotAllowed');
      accepted(await world.operator.post(`/api/people/${person.id}/grant-role`, role));
      accepted(await act());
      const withdrawal = { ...role, reason: 'Mutation dans un autre service.' };
      accepted(await world.operator.post(`/api/people/${person.id}/withdraw-role`, withdrawal));
    }
    expectRefused(await act(), 403, 'NotAllowed');
    expect(accepted(await person.get('/api/me'))).toMatchObject({ grants: [] });
  });

  it('is given by nobody to themselves, nor beyond where they hold it', async () => {
    const grant = (by: Client, to: string, role: string, id: string) =>
      by.post(`/api/people/${to}/grant-role`, { role, scope: { kind: 'institution', id } });
    expectRefused(await grant(person, person.id, 'administrator', 'ARS-PDL'), 403, 'NotAllowed');
    const { admin } = cast.ars;
    expectRefused(await grant(admin, admin.id, 'signatory', 'ARS-PDL'), 403, 'OwnRole');
    expectRefused(await grant(admin, person.id, 'case-officer', 'DREETS-PDL'), 403, 'NotAllowed');
    const everywhere = { role: 'operator', scope: { kind: 'everywhere' } };
    expectRefused(await admin.post(`/api/people/${person.id}/grant-role`, everywhere), 403, 'NotAllowed');
    accepted(await grant(admin, person.id, 'case-officer', 'ARS-PDL'));
  });
});

describe('signing in', () => {
  it('takes the code that was mailed, once, within a week', async () => {
    const email = 'robin.nouvelle@example.org';
    const register = await world.anonymous.post('/api/registrations', { name: 'Robin Nouvelle', email });
    expect([register.status, register.text]).toEqual([202, '']);
    const [message = ''] = await world.messages('Bonjour Robin Nouvelle,');
    const code = codeIn(message);
    const { token } = accepted(await world.anonymous.post<Token>('/api/sign-ins', { code }));
    expect(accepted(await client(token).get('/api/me'))).toMatchObject({ name: 'Robin Nouvelle', email, grants: [] });
    expectRefused(await world.anonymous.post('/api/sign-ins', { code }), 403, 'InvitationUsed');
    expectRefused(await world.anonymous.post('/api/sign-ins', { code: `${code ?? ''}x` }), 403, 'InvitationUnknown');
    expect(filesWith(token)).toEqual([]);
  });

  it('answers the same whether an address is known or not', async () => {
    const ask = async (email: string) => {
      const { status, text, headers } = await world.anonymous.post('/api/sign-in-links', { email });
      return { status, text, names: [...headers.keys()].filter((name) => name !== 'date') };
    };
    expect(await ask('alix.administratrice@example.org')).toEqual(await ask('inconnue@example.org'));
  });
});
