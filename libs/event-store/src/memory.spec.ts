import { conformance, conformanceOfRegisters } from './conformance.js';
import { MemoryEventStore } from './memory.js';

conformance('the reference in memory', async () => new MemoryEventStore());
conformanceOfRegisters('the reference in memory', async () => new MemoryEventStore());
