import { afterAll, beforeAll } from '@jest/globals';
import { conformance } from './conformance.js';
import { conformanceOfRegisters } from './conformance-of-registers.js';
import { ScriptedServer } from './scripted-server.js';
import { openOn } from './with-event-store.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.goAway());

conformance('EventStoreDB on a stand-in for its server', () => openOn(server.url));
conformanceOfRegisters('EventStoreDB on a stand-in for its server', () => openOn(server.url));
