/** Tests run on what is built, as it is shipped: `npm run build` first (npm test does). */
export default {
  rootDir: 'dist',
  testMatch: ['**/*.spec.js', '**/*.e2e.js'],
  transform: {},
  testEnvironment: 'node',
  reporters: ['default', '<rootDir>/../jest.skipped.js'],
};
