/**
 * Which folder may import what, as data. A wall says: a file under `from` may not import what `bans` describes.
 * A relative import is resolved against the file it stands in, so its depth and extension make no difference.
 *
 * @typedef {object} Import
 * @property {string | null} path   the imported file, from the root of the project, or null for a package
 * @property {string | null} name   the imported package or built-in module as written, or null for a file
 * @property {string} file          the importing file, from the root of the project
 * @property {boolean} types        only types are imported, of which nothing is left when it runs
 *
 * @typedef {object} Wall
 * @property {string} name
 * @property {string} message       names the way out
 * @property {readonly string[]} from       folders (ending in a slash) or files
 * @property {readonly string[]} [except]   folders or files that may
 * @property {(imported: Import) => boolean} bans
 */
import { builtinModules } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'

/** @param {string} path @param {readonly string[]} places */
const inside = (path, places) =>
  places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place))

/** @param {string} path */
const feature = (path) => /^src\/renderer\/features\/([^/]+)/.exec(path)?.[1]

/** @param {string | null} name */
const isBuiltin = (name) =>
  name !== null && (name.startsWith('node:') || builtinModules.includes(name.split('/')[0] ?? ''))

/** @param {readonly string[]} places @returns {Wall['bans']} */
const filesOutside =
  (...places) =>
  ({ path }) =>
    path !== null && !inside(path, places)

/** @param {readonly RegExp[]} patterns @returns {Wall['bans']} */
const packages =
  (...patterns) =>
  ({ name }) =>
    name !== null && patterns.some((pattern) => pattern.test(name))

/**
 * The rooms of the core from the ground up: a room imports those before it and none behind. Rooms of one line do not
 * know each other.
 */
const ROOMS = [
  ['system'],
  ['files'],
  ['processes'],
  ['network'],
  ['pictures', 'providers'],
  ['media', 'hosting'],
  ['practice'],
  ['prepare'],
  ['clip-preview'],
  ['takes'],
  ['accounts'],
  ['core'],
  ['api'],
]

/** @param {string} path */
const roomOf = (path) => /^src\/main\/([^/]+)\//.exec(path)?.[1] ?? ''

/** @param {string} path @returns {number} -1 for what is in no room of the core */
const floorOf = (path) => ROOMS.findIndex((floor) => floor.includes(roomOf(path)))

/** What works with the picture library; everything else asks src/main/pictures for it. */
const PICTURE_WORK = ['src/main/media/image/apart/', 'src/main/practice/render/apart/']

/** Packages that one file knows. @type {readonly (readonly [RegExp, string])[]} */
const SOLE_IMPORTERS = [
  [/^(node:)?sqlite$/, 'src/main/takes/journal/database.ts'],
  [/^@(aws-sdk|smithy)\//, 'src/main/hosting/s3/sdk.ts'],
  [/^fflate($|\/)/, 'src/main/files/zip.ts'],
  [/^trash$/, 'src/main/files/system-bin.ts'],
]

const FACES = ['src/main/electron/', 'src/main/web/', 'src/main/cli/']

/**
 * The only places of src/main that may read the clock, wait, or roll dice by themselves: what starts a face, and the
 * implementations of ports. Globs for ESLint; a folder ends in `/**`.
 */
export const EDGES = [
  ...FACES.map((face) => `${face}**`),
  'src/main/index.ts',
  'src/main/system/clock.ts',
  'src/main/system/awake.ts',
  'src/main/processes/run-tool.ts',
  'src/main/providers/http/http.ts',
]

/** @type {readonly Wall[]} */
export const walls = [
  {
    name: 'electron stays in its face',
    from: ['src/'],
    except: ['src/main/electron/', 'src/main/index.ts', 'src/preload/'],
    bans: packages(/^electron($|[/-])/),
    message:
      'Only src/main/electron, src/main/index.ts and src/preload know Electron. Ask for what you need as a port (src/main/system/ports.ts) and let the Electron face pass it in.',
  },
  {
    name: 'the renderer stands on shared alone',
    from: ['src/renderer/'],
    bans: filesOutside('src/renderer/', 'src/shared/'),
    message:
      'The renderer imports only src/shared and itself. Reach the main process through src/renderer/lib/desktop.ts, and move a type that both need to src/shared.',
  },
  {
    name: 'the renderer has no Node',
    from: ['src/renderer/'],
    bans: ({ name }) => isBuiltin(name),
    message:
      'The renderer has no Node. Add a call to src/shared/contract.ts and do the work in src/main, behind the dispatcher.',
  },
  {
    name: 'shared runs anywhere',
    from: ['src/shared/'],
    bans: ({ path, name }) => (path === null ? name !== 'zod' : !inside(path, ['src/shared/'])),
    message:
      'src/shared imports only itself and zod, because it runs in every process. Move this code to the process that needs it, or pass the value in.',
  },
  {
    name: 'a feature never imports another feature',
    from: ['src/renderer/features/'],
    bans: ({ path, file }) => path !== null && feature(path) !== undefined && feature(path) !== feature(file),
    message:
      'A feature never imports another feature. What two features need belongs in src/shared (domain), src/renderer/state, src/renderer/lib or src/renderer/ui (look); what two features show together is put together in src/renderer/shell.',
  },
  {
    name: 'ui knows no feature',
    from: ['src/renderer/ui/'],
    bans: ({ path }) =>
      path !== null && inside(path, ['src/renderer/features/', 'src/renderer/state/', 'src/renderer/shell/']),
    message:
      'src/renderer/ui is looks only and knows no feature and no state. Take the value as a prop, or move the component into the feature.',
  },
  {
    name: 'state knows no feature',
    from: ['src/renderer/state/', 'src/renderer/lib/'],
    bans: ({ path }) =>
      path !== null && inside(path, ['src/renderer/features/', 'src/renderer/shell/', 'src/renderer/ui/']),
    message:
      'src/renderer/state and src/renderer/lib are below the features and what they look like. Move what both need down to them, or let the feature pass it in.',
  },
  {
    name: 'the preload is a list of verbs',
    from: ['src/preload/'],
    bans: ({ path, name }) =>
      path === null ? name !== 'electron' : !inside(path, ['src/preload/', 'src/shared/']),
    message:
      'The sandboxed preload may load electron and src/shared, nothing else. Do the work in src/main and expose a verb for it.',
  },
  {
    name: 'main does not reach into the page',
    from: ['src/main/'],
    bans: ({ path }) => path !== null && inside(path, ['src/renderer/', 'src/preload/']),
    message:
      'src/main never imports the renderer or the preload. Move what both need to src/shared, and announce news as an event of src/shared/contract.ts.',
  },
  {
    name: 'the core knows no face',
    from: ['src/main/'],
    except: [...FACES, 'src/main/index.ts'],
    bans: ({ path }) => path !== null && inside(path, FACES),
    message:
      'The core stands below the three faces and imports none of them. Take what you need as a port (src/main/system/ports.ts), or move the shared part out of the face.',
  },
  {
    name: 'the rooms of the core stand on each other',
    from: ['src/main/'],
    // The list of everything the picture threads can do, which loads the work of several rooms.
    except: [...FACES, 'src/main/index.ts', 'src/main/pictures/picture-work.ts'],
    bans: ({ path, file }) =>
      path !== null &&
      floorOf(path) >= floorOf(file) &&
      floorOf(path) !== -1 &&
      roomOf(path) !== roomOf(file),
    message:
      'A room of src/main imports only rooms below it (ROOMS in eslint.walls.js). Move what both need to the lower one, or pass it in.',
  },
  {
    name: 'a face never imports another face',
    from: FACES,
    bans: ({ path, file }) =>
      path !== null && FACES.some((face) => path.startsWith(face) && !file.startsWith(face)),
    message:
      'A face never imports another face. What two faces need belongs in the core, beside src/main/core/studio.ts.',
  },
  {
    name: 'one file knows the media tools',
    from: ['src/'],
    except: ['src/main/media/ffmpeg.ts'],
    bans: packages(
      /^fluent-ffmpeg($|\/)/,
      /^ffmpeg-static($|\/)/,
      /^ffprobe-static($|\/)/,
      /^@ff(mpeg|probe)-installer\//,
    ),
    message:
      'Only src/main/media/ffmpeg.ts knows fluent-ffmpeg and where the binaries are. Use what it exports, so that the tool can be replaced in one place.',
  },
  {
    name: 'no second GLib in Electron',
    from: ['src/'],
    except: [...PICTURE_WORK, 'src/main/pictures/'],
    bans: (imported) =>
      (imported.path !== null &&
        inside(imported.path, [...PICTURE_WORK, 'src/main/pictures/picture-work.ts'])) ||
      packages(/^sharp($|\/)/, /^@img\//, /^canvas($|\/)/, /^(node-)?gi(-|$)/, /^node-gtk($|\/)/)(imported),
    message:
      'Electron on Linux is linked against GLib, and a native library that brings its own ends the process. Add the work to src/main/pictures/picture-work.ts and ask for it with doPictureWork.',
  },
  {
    name: 'one file knows the package',
    from: ['src/'],
    bans: ({ name, file }) =>
      SOLE_IMPORTERS.some(([pattern, only]) => name !== null && pattern.test(name) && file !== only),
    message:
      'Only one file knows this package (SOLE_IMPORTERS in eslint.walls.js), so that it can be replaced there. Use what that file exports, or add to it what you need.',
  },
  {
    name: 'one folder knows the way out',
    from: ['src/main/'],
    except: ['src/main/network/'],
    bans: ({ name, types }) =>
      !types &&
      name !== null &&
      /^(node:)?(https|http2|tls|net|dns|dgram)($|\/)|^(undici|axios|got|node-fetch|https-proxy-agent)$/.test(
        name,
      ),
    message:
      'Only src/main/network opens connections, because proxies, certificates and the address rules hold for every one. Take a Network (src/main/network/connect.ts).',
  },
  {
    name: 'plain http is for servers',
    from: ['src/main/'],
    except: ['src/main/network/', 'src/main/web/', 'src/main/practice/', 'src/main/hosting/file-server.ts'],
    bans: ({ name, types }) => !types && name !== null && /^(node:)?http$/.test(name),
    message:
      'Outside src/main/network only the servers of this machine import node:http. Send a request with requestOver (src/main/network/request.ts).',
  },
  {
    name: 'the core takes time as a port',
    from: ['src/main/', 'src/shared/'],
    except: EDGES.map((glob) => glob.replace('**', '')),
    bans: packages(/^(node:)?timers($|\/)/, /^(node:)?perf_hooks$/),
    message: 'Time is passed in. Take a Clock (src/main/system/ports.ts), so that a test can own it.',
  },
]

/** @param {string} file @param {string} source @param {boolean} types @returns {Import} */
function resolveImport(file, source, types) {
  if (!source.startsWith('.')) return { file, types, path: null, name: source }
  return { file, types, path: join(dirname(file), source).split(sep).join('/'), name: null }
}

/** @param {string} file from the root of the project, with forward slashes @param {string} source as written */
export function brokenWalls(file, source, types = false) {
  const imported = resolveImport(file, source, types)
  return walls.filter(
    (wall) => inside(file, wall.from) && !inside(file, wall.except ?? []) && wall.bans(imported),
  )
}

/** @type {import('eslint').Rule.RuleModule} */
const wallsRule = {
  meta: { type: 'problem', schema: [], messages: { wall: '{{message}} [{{name}}]' } },
  create(context) {
    const file = relative(context.cwd, context.filename).split(sep).join('/')
    /** @param {import('estree').Node | null | undefined} source */
    const check = (source, types = false) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return
      for (const { name, message } of brokenWalls(file, source.value, types)) {
        context.report({ node: source, messageId: 'wall', data: { name, message } })
      }
    }
    return {
      ImportDeclaration: (node) => check(node.source, 'importKind' in node && node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (/** @type {{ source?: import('estree').Node }} */ node) => check(node.source, true),
      TSExternalModuleReference: (/** @type {{ expression?: import('estree').Node }} */ node) =>
        check(node.expression),
      CallExpression: (node) => {
        if (node.callee.type !== 'Identifier' || node.callee.name !== 'require') return
        const [first] = node.arguments
        if (first?.type === 'Literal') check(first)
      },
    }
  },
}

export const wallsPlugin = { rules: { walls: wallsRule } }
