import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { decoded, htmlIn } from '#client/mail.js';
import { noticeKinds } from '#domain/notice/notice.js';
import { MailServer } from '#reactors/mail/fixtures.js';
import { applicant, ready, submit } from './applicants.js';
import { expectRefused } from './refusals.js';
import { type Cast, castOf, publishedCall } from './stage.js';
import { type Person, until, World } from './world.js';

interface Sent {
  items: { id: string; kind: string; deliveredAt: string | null; bounced: number | null; messageId: string }[];
}
interface Undelivered {
  items: { id: string; kind: string; to: string; bounced: number | null; call: string | null }[];
}

let mail: MailServer;
let world: World;
let cast: Cast;
let call: string;
let person: Person;
let organisation: string;
beforeAll(async () => {
  mail = await MailServer.start();
  world = await World.open('2021-05-12T08:00:00Z', {
    env: { SMTP_URL: mail.url, MAIL_FROM: 'Appels communs <appels@ars.example>', PUBLIC_URL: 'https://appels.example' },
  });
  cast = await castOf(world);
  call = await publishedCall(world, cast);
  world.clock.set('2021-06-20T08:00:00Z');
  ({ person, organisation } = await applicant(world, cast, 1));
});
afterAll(async () => {
  await world.close();
  await mail.close();
});
afterEach(() => {
  mail.answer = () => undefined;
});

const addressOf = async ({ id }: Person): Promise<string> =>
  accepted(await world.operator.get<{ email: string }>(`/api/people/${id}`)).email;
const to = (address: string, words: string): string[] =>
  mail.received
    .filter((one) => one.to === address)
    .map(({ eml }) => eml)
    .filter((eml) => decoded(eml).includes(words));
const arrived = (address: string, words: string): Promise<string[]> =>
  until(() => {
    const found = to(address, words);
    return found.length > 0 ? found : undefined;
  }, `« ${words} » to ${address}`);
const sentTo = async ({ id }: Person, kind: string) =>
  accepted(await world.operator.get<Sent>(`/api/people/${id}/notices`)).items.filter((one) => one.kind === kind);
const undelivered = async (client: Person = cast.ars.admin): Promise<Undelivered['items']> =>
  accepted(await client.get<Undelivered>(`/api/calls/${call}/undelivered`)).items;

/** An applicant with a submitted file, and how many receipts they were sent. */
async function submitted(who: Person, of: string): Promise<void> {
  accepted(await submit(who, await ready(who, call, of)));
}

describe('a message through the mail server of the configuration', () => {
  it('arrives once as text and HTML, and its delivery is recorded', async () => {
    await submitted(person, organisation);
    const address = await addressOf(person);
    const [eml = ''] = await arrived(address, 'Subject: Accusé de réception');
    const [notice] = await until(async () => {
      const found = await sentTo(person, 'receipt');
      return found[0]?.deliveredAt ? found : undefined;
    }, 'the record of the delivery');
    const read = decoded(eml);
    expect(read).toContain('From: Appels communs <appels@ars.example>');
    expect(read).toContain(`Message-ID: ${notice?.messageId}`);
    expect(read).toContain('Vérification : https://appels.example/api/receipts/');
    expect(read).not.toContain('List-Unsubscribe');
    expect(htmlIn(eml)).toMatch(/<html lang=3D"fr">|<html lang="fr">/);
    expect(to(address, 'Subject: Accusé de réception')).toHaveLength(1);
  });

  it('that is put off (greylisting) is tried again a minute later, by the clock', async () => {
    mail.answer = (address, time) => (address.startsWith('gaston') && time === 1 ? 451 : undefined);
    const gaston = await world.person('Gaston Gris');
    await until(() => (mail.asked.includes('gaston.gris@example.org') ? true : undefined), 'the first attempt');
    const asked = () => mail.asked.filter((one) => one === 'gaston.gris@example.org').length;
    await until(() => {
      // However soon the attempt in vain is noted: the minute passes after it.
      world.clock.set(new Date(Date.parse(world.clock.now()) + 60_000).toISOString().replace('.000', ''));
      return asked() > 1 ? true : undefined;
    }, 'the second attempt');
    await arrived('gaston.gris@example.org', 'Votre code de connexion');
    expect(asked()).toBe(2);
    expect((await sentTo(gaston, 'sign-in')).map(({ bounced }) => bounced)).toEqual([null]);
  });
});

describe('a message that an address refuses', () => {
  it('goes to a second contact; where there is none it is a task, until it is sent again', async () => {
    const alone = await applicant(world, cast, 2);
    const address = await addressOf(alone.person);
    mail.answer = (one) => (one === address ? 550 : undefined);
    await submitted(alone.person, alone.organisation);
    const [row] = await until(async () => {
      const found = await undelivered();
      return found.length > 0 ? found : undefined;
    }, 'the message in the list');
    expect(row).toMatchObject({ kind: 'receipt', to: alone.person.id, bounced: 550, call });
    expect(await undelivered(cast.ars.officer)).toEqual(await undelivered());
    expect(accepted(await world.operator.get<Undelivered>('/api/service/undelivered')).items).toContainEqual(row);
    expect(await sentTo(alone.person, 'receipt')).toMatchObject([{ deliveredAt: null, bounced: 550 }]);

    mail.answer = () => undefined;
    const resend = (client: Person) => client.post(`/api/notices/${row?.id}/resend`);
    expectRefused(await resend(alone.person), 404, 'NoticeUnknown', "Ce message n'existe pas.");
    expectRefused(await resend(cast.caf), 404, 'NoticeUnknown', "Ce message n'existe pas.");
    accepted(await resend(cast.ars.admin));
    const [eml = ''] = await arrived(address, 'Subject: Accusé de réception');
    const [notice] = await until(async () => {
      const found = await sentTo(alone.person, 'receipt');
      return found[0]?.deliveredAt ? found : undefined;
    }, 'the record of the delivery');
    expect(decoded(eml)).toContain(`Message-ID: ${notice?.messageId}`);
    expect(await undelivered()).toEqual([]);
    expectRefused(await resend(cast.ars.admin), 409, 'NoticeDelivered', 'Ce message a déjà été remis.');
  });

  it('is passed on to a colleague', async () => {
    const { person: first, organisation: shared } = await applicant(world, cast, 3);
    const colleague = await world.person('Colin Ami');
    const invited = { name: 'Colin Ami', email: 'colin.ami@example.org', power: 'submit' };
    accepted(await first.post(`/api/organisations/${shared}/invite-colleague`, invited));
    accepted(await colleague.post(`/api/organisations/${shared}/join`));
    const address = await addressOf(first);
    mail.answer = (one) => (one === address ? 550 : undefined);
    await submitted(first, shared);
    await arrived('colin.ami@example.org', 'Subject: Accusé de réception');
    // It arrives before that is recorded.
    await until(async () => ((await undelivered()).length === 0 ? true : undefined), 'nothing to be undelivered');
  });

  it('is listed to those who run the call and the operator alone', async () => {
    for (const client of [person, cast.caf]) {
      const { status } = await client.get(`/api/calls/${call}/undelivered`);
      expect(status).toBe(403);
    }
    expectRefused(await cast.ars.admin.get('/api/service/undelivered'), 403, 'NotAllowed');
  });
});

describe('who sits at the mail program', () => {
  const question = async (): Promise<void> => {
    const { id } = accepted(
      await person.post<{ id: string }>(`/api/calls/${call}/ask-question`, { text: 'Les crèches peuvent-elles ?' }),
    );
    accepted(await cast.ars.officer.post(`/api/questions/${id}/answer`, { question: 'Les crèches ?', answer: 'Oui.' }));
  };
  const subscribed = async (kind: string) =>
    accepted(
      await person.get<{ items: { kind: string; subscribed: boolean; compulsory: boolean; because: string }[] }>(
        `/api/people/${person.id}/subscriptions`,
      ),
    ).items.find((one) => one.kind === kind);

  it('refuses optional messages by one click, without signing in, and only by that click', async () => {
    await question();
    const [eml = ''] = await arrived(await addressOf(person), 'Subject: Réponse à une question');
    const read = decoded(eml);
    expect(read).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\s*$/m);
    const [, link = ''] =
      /^List-Unsubscribe: <https:\/\/appels\.example(\/api\/unsubscribe\/[^>]+)>\s*$/m.exec(read) ?? [];
    expect(read).toContain(`Ne plus recevoir ces messages : https://appels.example${link}`);

    const page = await world.anonymous.get(link);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toContain(`<form method="post" action="${link}">`);
    expect(await subscribed('question-answered')).toMatchObject({ subscribed: true, compulsory: false });

    const click = () =>
      fetch(`${world.server.url}${link}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      });
    for (const answer of [await click(), await click()]) {
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain("<h1>C'est noté</h1>");
    }
    expect(
      await until(async () => ((await subscribed('question-answered'))?.subscribed ? undefined : 'no'), 'it'),
    ).toBe('no');
    const before = (await sentTo(person, 'question-answered')).length;
    const codes = (await sentTo(person, 'sign-in')).length;
    await question();
    // Decided after it: by then that one would have been, too.
    accepted(await world.anonymous.post('/api/sign-in-links', { email: await addressOf(person) }));
    await until(async () => ((await sentTo(person, 'sign-in')).length > codes ? true : undefined), 'a later message');
    expect(await sentTo(person, 'question-answered')).toHaveLength(before);

    expectRefused(await world.anonymous.get(`${link}x`), 404, 'LinkUnknown');
    expectRefused(await world.anonymous.post(`${link}x`), 404, 'LinkUnknown');
  });

  it('chooses once signed in, but for what is compulsory', async () => {
    const choose = (what: string, kind: string, who = person) => who.post(`/api/people/${person.id}/${what}`, { kind });
    accepted(await choose('unsubscribe', 'report-submitted'));
    expect(await subscribed('report-submitted')).toMatchObject({ subscribed: false });
    accepted(await choose('resubscribe', 'report-submitted'));
    expect(await subscribed('report-submitted')).toMatchObject({ subscribed: true });
    expectRefused(
      await choose('unsubscribe', 'award-notified'),
      409,
      'NoticeCompulsory',
      'Ces messages ne se refusent pas : ils ont un effet juridique, un délai, ou attendent quelque chose de vous.',
    );
    expect(await subscribed('award-notified')).toEqual({
      kind: 'award-notified',
      compulsory: true,
      because: 'Il notifie une décision et ouvre un délai de recours.',
      subscribed: true,
    });
    expect((await choose('unsubscribe', 'report-submitted', cast.caf)).status).toBe(404);
    expectRefused(await cast.caf.get(`/api/people/${person.id}/subscriptions`), 404, 'PersonUnknown');
  });
});

describe('a preview', () => {
  it('shows every message, as HTML and as text, with nobody real in it', async () => {
    for (const kind of noticeKinds) {
      const html = await world.operator.get(`/api/service/messages/${kind}`);
      expect([kind, html.status, html.headers.get('content-type')]).toEqual([kind, 200, 'text/html; charset=utf-8']);
      expect(html.text).toContain('Bonjour Camille Exemple,');
    }
    const text = await cast.ars.admin.get('/api/service/messages/receipt?format=text');
    expect([text.status, text.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(text.text).toContain('Bonjour Camille Exemple,\n');
  });

  it('is for those who run the service or a call, and of what exists', async () => {
    expectRefused(await person.get('/api/service/messages/receipt'), 403, 'NotAllowed');
    expectRefused(await world.operator.get('/api/service/messages/nothing'), 404, 'MessageUnknown');
  });
});
