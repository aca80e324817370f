/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Counts} */
export const none = { passed: 0, failed: 0, skipped: 0 }

/** @returns {Counts} */
export function add(/** @type {readonly Counts[]} */ ...all) {
  return all.reduce(
    (sum, counts) => ({
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: sum.skipped + counts.skipped,
    }),
    none,
  )
}

/** The last line of a run: nothing may come after it. */
export function closingLine(/** @type {Counts} */ { passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/**
 * A runner that fails without a failed test has failed as a whole: a file that could not be loaded, an error outside
 * any test, a report that was never written. That counts as one failure, so that the closing line cannot look clean.
 *
 * @param {Counts | null} counts   null when there is no report
 * @param {boolean} ok             what the runner's exit code says
 * @returns {Counts}
 */
export function honest(counts, ok) {
  if (counts === null) return { ...none, failed: 1 }
  if (!ok && counts.failed === 0) return { ...counts, failed: 1 }
  return counts
}

/** @param {unknown} value @param {string} key @returns {unknown} */
const at = (value, key) =>
  typeof value === 'object' && value !== null
    ? /** @type {Record<string, unknown>} */ (value)[key]
    : undefined

/** @param {unknown} value @returns {unknown[]} */
const list = (value) => (Array.isArray(value) ? value : [])

/** @param {unknown} value @param {string} key */
const count = (value, key) => Number(at(value, key) ?? 0)

/** @param {unknown} value @param {string} key */
const text = (value, key) => String(at(value, key))

/** Vitest's JSON report. @returns {Counts | null} */
export function fromVitest(/** @type {unknown} */ report) {
  const files = at(report, 'testResults')
  if (!Array.isArray(files)) return null
  // A file that cannot be loaded is a failed file without a test.
  const unloaded = files.filter((file) => {
    const tests = at(file, 'assertionResults')
    return at(file, 'status') === 'failed' && Array.isArray(tests) && tests.length === 0
  }).length
  return {
    passed: count(report, 'numPassedTests'),
    failed: count(report, 'numFailedTests') + unloaded,
    skipped: count(report, 'numPendingTests') + count(report, 'numTodoTests'),
  }
}

/** The files of Vitest's JSON report that took longest. @returns {{ file: string, seconds: number }[]} */
export function slowest(/** @type {unknown} */ report, /** @type {number} */ most) {
  return list(at(report, 'testResults'))
    .map((file) => ({
      file: text(file, 'name'),
      seconds: (count(file, 'endTime') - count(file, 'startTime')) / 1000,
    }))
    .sort((left, right) => right.seconds - left.seconds)
    .slice(0, most)
}

/** Playwright's JSON report; its flaky tests passed only on a retry, which we do not allow. @returns {Counts | null} */
export function fromPlaywright(/** @type {unknown} */ report) {
  const stats = at(report, 'stats')
  if (stats === undefined) return null
  const errors = at(report, 'errors')
  return {
    passed: count(stats, 'expected'),
    failed: count(stats, 'unexpected') + count(stats, 'flaky') + (Array.isArray(errors) ? errors.length : 0),
    skipped: count(stats, 'skipped'),
  }
}

/** How many tests a `--list` report of Playwright names. */
export function listed(/** @type {unknown} */ report) {
  const counts = fromPlaywright(report)
  return counts === null ? 0 : countSpecs(at(report, 'suites'))
}

/** @returns {number} */
function countSpecs(/** @type {unknown} */ suites) {
  if (!Array.isArray(suites)) return 0
  return suites.reduce((sum, suite) => {
    const specs = at(suite, 'specs')
    return Number(sum) + (Array.isArray(specs) ? specs.length : 0) + countSpecs(at(suite, 'suites'))
  }, 0)
}

/** The names of what failed in a report of Vitest or Playwright: file and title. @returns {string[]} */
export function failures(/** @type {unknown} */ report) {
  const files = list(at(report, 'testResults')).flatMap((file) => {
    const tests = list(at(file, 'assertionResults')).filter((test) => at(test, 'status') === 'failed')
    if (tests.length > 0) return tests.map((test) => `${text(file, 'name')}: ${text(test, 'fullName')}`)
    return at(file, 'status') === 'failed' ? [`${text(file, 'name')}: could not be loaded`] : []
  })
  return [...files, ...failedSpecs(at(report, 'suites'))]
}

/** @returns {string[]} */
function failedSpecs(/** @type {unknown} */ suites) {
  return list(suites).flatMap((suite) => [
    ...list(at(suite, 'specs'))
      .filter((spec) => at(spec, 'ok') === false)
      .map((spec) => `${text(spec, 'file')}: ${text(spec, 'title')}`),
    ...failedSpecs(at(suite, 'suites')),
  ])
}
