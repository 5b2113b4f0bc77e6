import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { applicant } from './applicants.js';
import { type Cast, castOf, publishedCall } from './stage.js';
import { World } from './world.js';

/** What a file of tests imports to play in: a published call with its people, a week after its publication. */
export let world: World;
export let cast: Cast;
export let call: string;
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  cast = await castOf(world);
  call = await publishedCall(world, cast);
});
beforeEach(() => world.clock.set('2021-06-20T08:00:00Z'));
afterAll(() => world.close());

let next = 1;
/** Of an organisation that no other test has. */
export const newApplicant = () => applicant(world, cast, next++);
