import comments from '@eslint-community/eslint-plugin-eslint-comments'
import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'
import { EDGES, wallsPlugin } from './eslint.walls.js'

const timeIsPassedIn =
  'Time is passed in. Take a Clock (src/main/system/ports.ts), so that a test can own it.'
const chanceIsPassedIn =
  'Math.random is neither secret nor repeatable. Use node:crypto, or take the value as an argument.'

/**
 * The plugin recommends some of its rules as warnings; here a rule holds or is off.
 *
 * @type {Record<string, 'error'>}
 */
const hooks = Object.fromEntries(
  Object.keys(reactHooks.configs.flat['recommended-latest'].rules).map((name) => [name, 'error']),
)

export default defineConfig(
  { ignores: ['node_modules', 'out', 'dist', 'coverage', 'test-results', 'playwright-report', 'resources'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  // Without types: every rule that needs them is in .oxlintrc.json, whose linter reads them six times as fast.
  tseslint.configs.strict,
  {
    plugins: { understudy: wallsPlugin, comments },
    rules: {
      'understudy/walls': 'error',
      'comments/require-description': 'error',
      'comments/no-unlimited-disable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: 'error',
      'max-lines': ['error', 300],
      'no-console': 'error',
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportAllDeclaration',
          message: 'No barrels. Import from the file that says the thing.',
        },
      ],
    },
  },
  {
    files: ['src/renderer/**'],
    // The plugin's types were written for an older ESLint; it says itself that it supports this one.
    plugins: {
      'react-hooks': /** @type {import('eslint').ESLint.Plugin} */ (/** @type {unknown} */ (reactHooks)),
    },
    languageOptions: { globals: globals.browser },
    rules: hooks,
  },
  {
    files: ['src/main/**', 'src/shared/**'],
    ignores: [...EDGES],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval', 'performance'].map((name) => ({ name, message: timeIsPassedIn })),
        {
          name: 'fetch',
          message: 'Take a Network (src/main/network/connect.ts): fetch knows no proxy and no address rule.',
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: timeIsPassedIn },
        { object: 'AbortSignal', property: 'timeout', message: timeIsPassedIn },
        { object: 'Math', property: 'random', message: chanceIsPassedIn },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportAllDeclaration',
          message: 'No barrels. Import from the file that says the thing.',
        },
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: timeIsPassedIn },
      ],
    },
  },
  {
    files: ['scripts/**', 'test/{bench,soak}/*.mjs', '*.js'],
    languageOptions: { globals: globals.nodeBuiltin },
  },
  {
    // The command line speaks through the console; the other faces log.
    files: ['scripts/**', 'test/{bench,soak}/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  {
    // These tools read their configuration from a default export.
    files: ['*.config.ts', '*.config.js'],
    rules: { 'no-restricted-exports': 'off' },
  },
)
