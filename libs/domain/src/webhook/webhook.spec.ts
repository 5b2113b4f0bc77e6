import { describe, expect, it } from '@jest/globals';
import { known, open, registered as institution } from '../call/fixtures.js';
import { absent, type Stamp } from '../decider.js';
import { publicFacts } from '../story/story.js';
import { specify } from '../specification.js';
import { publicToldFacts, toldFacts } from './told-facts.js';
import { webhook, type WebhookCommand, type WebhookEvent } from './webhook.js';

const ADMINISTRATOR = '55555555-5555-4555-8555-555555555555';
const stamp: Stamp = { at: '2021-06-20T08:00:00Z', by: ADMINISTRATOR, actingAs: 'administrator', id: 'w-1' };
const given = specify(webhook, stamp, { owner: institution });

const registration = {
  institution: 'ARS-PDL',
  url: 'https://ars.example.org/convergence',
  facts: ['CallPublished', 'ScheduleShifted'],
} as const;
const registered = { type: 'WebhookRegistered', ...registration } satisfies WebhookEvent;
const paused = { type: 'WebhookPaused', because: 'asked' } satisfies WebhookEvent;
const gaveUp = {
  type: 'WebhookPaused',
  because: 'failing',
  failingSince: '2021-06-17T08:00:00Z',
} satisfies WebhookEvent;
const resumed = { type: 'WebhookResumed' } satisfies WebhookEvent;
const rotated = { type: 'WebhookSecretRotated', generation: 2 } satisfies WebhookEvent;
const replayed = { type: 'WebhookReplayed', replay: 1, from: '120' } satisfies WebhookEvent;
const deleted = { type: 'WebhookDeleted' } satisfies WebhookEvent;

describe('registering a webhook', () => {
  const register = { type: 'RegisterWebhook', loopback: false, ...registration } as const;
  const about = known(...open);

  it('says where, and which facts; no secret', () => given().when(register).then(registered));
  it('may be for one call that the institution leads', () =>
    given()
      .when({ ...register, call: 'call-1' }, {}, { about })
      .then({ ...registered, call: 'call-1' }));
  it.each([
    ['that nobody drafted', { status: 'absent' } as const, 'ARS-PDL'],
    ['that others lead', about, 'DRAC-PDL'],
  ])('is refused for a call %s, as not found', (_, call, by) =>
    expect(given().when({ ...register, institution: by, call: 'call-1' }, {}, { about: call }).result).toEqual(
      absent('CallUnknown', "Cet appel n'existe pas, ou cette institution ne le pilote pas."),
    ),
  );
  it('is refused for an institution that nobody registered, as not found', () =>
    expect(given().when(register, {}, { owner: { status: 'absent' } }).result).toEqual(
      absent('InstitutionUnknown', "Cette institution n'existe pas."),
    ));
  it('is refused twice', () =>
    given(registered).when(register).thenRefused('WebhookExists', 'Ce webhook existe déjà.'));
  it.each([
    ['not a URL', "Cette adresse n'est pas une URL."],
    ['http://ars.example.org/', "L'adresse doit commencer par https://."],
    [
      'https://nom:secret@ars.example.org/',
      "L'adresse ne peut porter ni identifiant, ni paramètre, ni ancre : la signature suffit à reconnaître le service.",
    ],
    ['https://ars.example.org:8080/', "L'adresse ne peut désigner que le port 443 ou 8443."],
    ['https://169.254.169.254/latest/', "L'adresse désigne une machine locale ou un réseau privé."],
  ])('is refused at an address such as %s', (url, sentence) =>
    given()
      .when({ ...register, url })
      .thenRefused('AddressNotAllowed', sentence),
  );
  it('may lead to this machine where the installation allows it', () =>
    given()
      .when({ ...register, url: 'http://127.0.0.1:4567/', loopback: true })
      .then({ ...registered, url: 'http://127.0.0.1:4567/' }));
});

describe('what a webhook may tell', () => {
  it('is of calls what everybody may read of their story', () => expect(new Set(publicToldFacts)).toEqual(publicFacts));
  it('names each fact once', () => expect(new Set(toldFacts).size).toBe(toldFacts.length));
});

describe('pausing and resuming a webhook', () => {
  it('pauses', () => given(registered).when({ type: 'PauseWebhook' }).then(paused));
  it('is refused while it is paused', () =>
    given(registered, gaveUp)
      .when({ type: 'PauseWebhook' })
      .thenRefused('WebhookPaused', 'Ce webhook est déjà en pause.'));
  it('resumes', () => given(registered, paused).when({ type: 'ResumeWebhook' }).then(resumed));
  it('pauses and resumes again', () => given(registered, paused, resumed).when({ type: 'PauseWebhook' }).then(paused));
  it('is refused where it goes on anyway', () =>
    given(registered).when({ type: 'ResumeWebhook' }).thenRefused('WebhookActive', "Ce webhook n'est pas en pause."));
});

describe('giving a webhook up', () => {
  const giveUp = { type: 'GiveUpWebhook', failingSince: '2021-06-17T08:00:00Z' } as const;

  it('pauses it, and says since when nothing was accepted', () => given(registered).when(giveUp).then(gaveUp));
  it('changes nothing where it is paused', () => given(registered, paused).when(giveUp).then());
});

describe('the secret of a webhook', () => {
  const rotate = { type: 'RotateWebhookSecret' } as const;

  it('changes with its generation', () => given(registered).when(rotate).then(rotated));
  it('changes as often as it is asked to', () =>
    given(registered, rotated)
      .when(rotate)
      .then({ ...rotated, generation: 3 }));
});

describe('telling again', () => {
  const replay = { type: 'ReplayWebhook', from: '120' } as const;

  it('starts after a position of the log', () => given(registered).when(replay).then(replayed));
  it('is counted', () =>
    given(registered, replayed)
      .when(replay)
      .then({ ...replayed, replay: 2 }));
  it('is refused while it is paused', () =>
    given(registered, paused)
      .when(replay)
      .thenRefused('WebhookPaused', 'Ce webhook est en pause : reprenez-le avant de rejouer ses livraisons.'));
});

describe('deleting a webhook', () => {
  it('is a fact', () => given(registered).when({ type: 'DeleteWebhook' }).then(deleted));
  it('is for good', () => expect(given(registered, deleted, resumed).state).toEqual({ status: 'deleted' }));
});

describe.each<WebhookCommand>([
  { type: 'PauseWebhook' },
  { type: 'GiveUpWebhook', failingSince: '2021-06-17T08:00:00Z' },
  { type: 'ResumeWebhook' },
  { type: 'RotateWebhookSecret' },
  { type: 'ReplayWebhook', from: '120' },
  { type: 'DeleteWebhook' },
])('$type', (command) => {
  it.each([
    ['that nobody registered', []],
    ['that was deleted', [registered, deleted]],
  ])('is refused for a webhook %s, as not found', (_, history) =>
    expect(given(...history).when(command).result).toEqual(absent('WebhookUnknown', "Ce webhook n'existe pas.")),
  );
});
