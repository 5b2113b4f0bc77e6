/** Tests run on what is built, as it is shipped: `npm run build` first (npm test does). */
export default {
  rootDir: 'dist',
  testMatch: ['**/*.spec.js', '**/*.e2e.js'],
  transform: {},
  testEnvironment: 'node',
  // A machine may be busy; what waits for a condition says itself how long.
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/../jest.skipped.js'],
};
