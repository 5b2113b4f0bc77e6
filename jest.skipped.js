/** Names, in one line at the end, what was skipped because this machine lacks something. */
export default class Skipped {
  onRunComplete(_, { testResults }) {
    const skipped = testResults.flatMap(({ testResults: tests }) =>
      tests.flatMap(({ status, ancestorTitles: [about = ''] }) =>
        status === 'pending' && /(on the PATH|is not set)\)$/.test(about) ? [about] : [],
      ),
    );
    if (skipped.length > 0) process.stderr.write(`Skipped: ${[...new Set(skipped)].join('; ')}\n`);
  }
}
