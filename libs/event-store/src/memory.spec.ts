import { conformance } from './conformance.js';
import { conformanceOfRegisters } from './conformance-of-registers.js';
import { MemoryEventStore } from './memory.js';

conformance('the reference in memory', async () => new MemoryEventStore());
conformanceOfRegisters('the reference in memory', async () => new MemoryEventStore());
