import { conformance } from './conformance.js';
import { MemoryEventStore } from './memory.js';

conformance('the reference in memory', async () => new MemoryEventStore());
