import { conformance } from '#event-store/conformance.js';
import { MemoryEventStore } from '#event-store/memory.js';
import { Metrics } from './metrics.js';
import { ObservedStore } from './observed-store.js';

conformance('a store whose appends are observed', () =>
  Promise.resolve(new ObservedStore(new MemoryEventStore(), new Metrics())),
);
