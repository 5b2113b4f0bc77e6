import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { type Cast, castOf, shown } from './stage.js';
import { World } from './world.js';

/** What a file of tests imports to play in: the people of a call, on the day of its letter of intent. */
export let world: World;
export let cast: Cast;
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  cast = await castOf(world);
});
beforeEach(() => world.clock.set('2021-05-12T08:00:00Z'));
afterAll(() => world.close());

export const show = (id: string) => shown(cast, id);
