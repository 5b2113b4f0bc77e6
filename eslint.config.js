import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/**', 'data/**', 'node_modules/**'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 250, skipComments: true, skipBlankLines: true }],
      'no-console': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Bodies are plain data that class-validator describes; they hold no methods to lose.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowEmpty: true }],
    },
  },
  {
    // What an adapter of a synchronous store does behind a port whose promises others need.
    files: ['libs/event-store/src/**', 'libs/**/*.spec.ts', 'apps/**/*.e2e.ts'],
    rules: { '@typescript-eslint/require-await': 'off' },
  },
  // A specification reads from top to bottom: one file for one act, however many refusals it has.
  {
    files: ['**/*.spec.ts', '**/*.e2e.ts', '**/fixtures.ts', '**/conformance.ts', '**/corpus/examples.ts'],
    rules: { 'max-lines': ['error', { max: 320, skipComments: true, skipBlankLines: true }] },
  },
  { files: ['apps/demo/**', 'bench/**', 'apps/server/src/main.ts'], rules: { 'no-console': 'off' } },
);
