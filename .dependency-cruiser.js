/** Each layer with what it may know; arrows go one way. */
const layers = {
  'libs/domain': [],
  'libs/event-store': ['libs/domain'],
  'libs/calendar': ['libs/domain'],
  'libs/documents': ['libs/domain'],
  'libs/commands': ['libs/event-store', 'libs/domain'],
  'libs/alarms': ['libs/commands/src/clock', 'libs/domain'],
  'libs/read-models': ['libs/calendar', 'libs/commands', 'libs/event-store', 'libs/domain'],
  'libs/reactors': [
    'libs/read-models',
    'libs/documents',
    'libs/alarms',
    'libs/commands',
    'libs/event-store',
    'libs/domain',
  ],
  'libs/client': [],
  'apps/server': ['libs/(?!client)[^/]+'],
  'apps/worker': [
    'libs/commands/src/clock',
    'apps/server/src/(service|configuration|running|start-problems|http/log-lines|observing/)',
  ],
  'apps/demo': [
    'libs/client',
    'libs/calendar',
    'libs/domain/src/(identifiers|money|schedule/milestones)',
    'apps/server/src/(server|service|configuration|data-folder)',
  ],
  bench: ['libs', 'apps/server'],
};

const tests =
  '(\\.(spec|e2e)\\.ts|/(fixtures|arbitraries|specification|conformance|conformance-of-registers|conformance-of-ends|with-event-store|with-s3|s3-stand-in|s3-signature|scripted-log|scripted-server|redis-server|with-redis|ringing-process)\\.ts|apps/server/test/.*)$';

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '\\.d\\.ts$' }, to: {} },
    {
      name: 'no-unlisted-package',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
    {
      name: 'no-development-package-in-what-ships',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'domain-imports-only-itself',
      severity: 'error',
      from: { path: '^libs/domain/src', pathNot: tests },
      to: { pathNot: '^libs/domain/src' },
    },
    ...Object.entries(layers).map(([layer, known]) => ({
      name: `arrows-from-${layer.replace('/', '-')}`,
      severity: 'error',
      from: { path: `^${layer}/`, pathNot: tests },
      to: { path: '^(apps|libs|bench)/', pathNot: [`^${layer}/`, ...known.map((path) => `^${path}`)] },
    })),
    {
      name: 'what-weighs-is-loaded-where-it-is-used',
      severity: 'error',
      from: { path: '^apps/', pathNot: tests },
      to: { path: '^libs/documents/src/s3\\.ts$', dynamic: false },
    },
    {
      name: 'nothing-that-ships-needs-a-test',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: tests },
      to: { path: tests },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|node_modules)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
    },
  },
};
