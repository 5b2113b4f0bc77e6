import { availableParallelism } from 'node:os';

/** Tests run on what is built, as it is shipped: `npm run build` first (npm test does). */
export default {
  rootDir: 'dist',
  testMatch: ['**/*.spec.js', '**/*.e2e.js'],
  transform: {},
  testEnvironment: 'node',
  // Half of them wait for a server or a disk: two at a time also where there are two cores.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // A machine may be busy; what waits for a condition says itself how long.
  testTimeout: 180_000,
  // A process that ran fifty of them takes more than half a second to end; one that leaks doesn't end in ten.
  workerGracefulExitTimeout: 10_000,
  reporters: ['default', '<rootDir>/../jest.skipped.js'],
};
