import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'
import { walls } from '../../../eslint.walls.js'

/** A bad import for every wall, and how it may be disguised. */
const planted: Record<string, readonly { readonly file: string; readonly code: string }[]> = {
  'electron stays in its face': [
    { file: 'src/main/media/facts.ts', code: "import { app } from 'electron'" },
    { file: 'src/main/web/index.ts', code: "import type { App } from 'electron/main'" },
    { file: 'src/renderer/shell/App.tsx', code: "import { ipcRenderer } from 'electron'" },
    { file: 'src/main/settings.ts', code: "import Store from 'electron-store'" },
    { file: 'src/main/settings.ts', code: "const store = await import('electron-store')" },
  ],
  'the renderer stands on shared alone': [
    { file: 'src/renderer/state/store.ts', code: "import { createStudio } from '../../main/studio.ts'" },
    {
      file: 'src/renderer/features/takes/list.ts',
      code: "import type { Bridge } from '../../../preload/index'",
    },
    { file: 'src/renderer/lib/desktop.ts', code: "export { x } from '../../test/support/library/a-take.ts'" },
  ],
  'the renderer has no Node': [
    { file: 'src/renderer/ui/Button.tsx', code: "import { readFile } from 'node:fs/promises'" },
    { file: 'src/renderer/ui/Button.tsx', code: "import path from 'path'" },
  ],
  'shared runs anywhere': [
    { file: 'src/shared/domain/money.ts', code: "import { join } from 'node:path'" },
    { file: 'src/shared/rules/check.ts', code: "import { useState } from 'react'" },
    { file: 'src/shared/rules/check.ts', code: "import type { Clock } from '../../main/ports.ts'" },
  ],
  'a feature never imports another feature': [
    { file: 'src/renderer/features/compare/Transport.tsx', code: "import { x } from '../takes/TakeRow.tsx'" },
    {
      file: 'src/renderer/features/compare/parts/A.tsx',
      code: "import { x } from '../../takes/takes-slice'",
    },
  ],
  'ui knows no feature': [
    { file: 'src/renderer/ui/Slider.tsx', code: "import { x } from '../features/compare/timeline.ts'" },
    { file: 'src/renderer/ui/Slider.tsx', code: "import { useApp } from '../state/store.ts'" },
  ],
  'state knows no feature': [
    { file: 'src/renderer/state/takes.ts', code: "import { x } from '../features/takes/search.ts'" },
    { file: 'src/renderer/lib/hints.ts', code: "import { Badge } from '../ui/Badge.tsx'" },
    { file: 'src/renderer/state/session.ts', code: "import type { App } from '../shell/App.tsx'" },
  ],
  'the preload is a list of verbs': [
    { file: 'src/preload/index.ts', code: "import { z } from 'zod'" },
    { file: 'src/preload/index.ts', code: "const fs = require('node:fs')" },
  ],
  'main does not reach into the page': [
    { file: 'src/main/api/dispatch.ts', code: "import type { View } from '../../renderer/state/store.ts'" },
    { file: 'src/main/electron/ipc.ts', code: "type V = import('../../preload/index.ts').Bridge" },
  ],
  'the core knows no face': [
    { file: 'src/main/takes/runner.ts', code: "import { createLog } from '../electron/log.ts'" },
    { file: 'src/main/core/studio.ts', code: "import { print } from '../cli/printer.ts'" },
  ],
  'the rooms of the core stand on each other': [
    { file: 'src/main/media/ffmpeg.ts', code: "import type { Take } from '../takes/takes.ts'" },
    { file: 'src/main/files/sniff.ts', code: "import { containers } from '../media/probe/containers.ts'" },
    { file: 'src/main/hosting/hosts.ts', code: "const media = await import('../media/media.ts')" },
    { file: 'src/main/core/studio.ts', code: "import type { Dispatch } from '../api/dispatch.ts'" },
    { file: 'src/main/takes/steps/upload.ts', code: "import { keys } from '../../accounts/keys.ts'" },
  ],
  'a face never imports another face': [
    { file: 'src/main/cli/index.ts', code: "import { serve } from '../web/server.ts'" },
    { file: 'src/main/electron/window.ts', code: "import { token } from '../web/token.ts'" },
  ],
  'no second GLib in Electron': [
    { file: 'src/main/media/facts.ts', code: "import sharp from 'sharp'" },
    { file: 'src/main/electron/index.ts', code: "const sharp = require('@img/sharp-linux-x64/sharp.node')" },
    { file: 'src/main/media/create-media.ts', code: "import { work } from '../pictures/picture-work.ts'" },
    { file: 'src/main/media/image/image.ts', code: "import { openPixels } from './apart/open-image.ts'" },
  ],
  'one file knows the media tools': [
    { file: 'src/main/media/facts.ts', code: "import ffmpeg from 'fluent-ffmpeg'" },
    { file: 'src/main/cli/commands/doctor.ts', code: "import path from 'ffmpeg-static'" },
    { file: 'src/main/processes/run-tool.ts', code: "import probe from '@ffprobe-installer/ffprobe'" },
  ],
  'one file knows the package': [
    { file: 'src/main/takes/runner.ts', code: "import { DatabaseSync } from 'node:sqlite'" },
    { file: 'src/main/hosting/s3/s3.ts', code: "import { S3Client } from '@aws-sdk/client-s3'" },
    { file: 'src/main/core/studio.ts', code: "const sdk = await import('@aws-sdk/client-s3')" },
    { file: 'src/main/takes/support/support-pack.ts', code: "import { zipSync } from 'fflate'" },
    { file: 'src/main/takes/trash/trash.ts', code: "const { default: trash } = await import('trash')" },
  ],
  'one folder knows the way out': [
    { file: 'src/main/providers/http/http.ts', code: "import * as https from 'node:https'" },
    { file: 'src/main/hosting/s3/s3.ts', code: "import { connect } from 'tls'" },
    { file: 'src/main/web/pages.ts', code: "const { lookup } = await import('node:dns/promises')" },
    { file: 'src/main/cli/commands/doctor.ts', code: "import { HttpsProxyAgent } from 'https-proxy-agent'" },
  ],
  'plain http is for servers': [
    { file: 'src/main/providers/http/get-stream.ts', code: "import * as http from 'node:http'" },
    { file: 'src/main/takes/steps/fetch-result.ts', code: "import { get } from 'http'" },
  ],
  'the core takes time as a port': [
    { file: 'src/main/takes/watch.ts', code: "import { setTimeout } from 'node:timers/promises'" },
  ],
}

/** Imports that every wall lets through. */
const allowed = [
  { file: 'src/main/electron/window.ts', code: "import { BrowserWindow } from 'electron'" },
  { file: 'src/main/index.ts', code: "import { x } from './electron/window.ts'" },
  { file: 'src/preload/index.ts', code: "import { contextBridge } from 'electron'" },
  {
    file: 'src/renderer/features/takes/TakeRow.tsx',
    code: "import type { Take } from '../../../shared/take.ts'",
  },
  { file: 'src/renderer/features/takes/TakeRow.tsx', code: "import { x } from './takes-slice.ts'" },
  { file: 'src/renderer/shell/App.tsx', code: "import { x } from '../features/takes/TakesPanel.tsx'" },
  { file: 'src/shared/contract.ts', code: "import { z } from 'zod'" },
  { file: 'src/main/media/ffmpeg.ts', code: "import ffmpeg from 'fluent-ffmpeg'" },
  { file: 'src/main/takes/journal/database.ts', code: "import { DatabaseSync } from 'node:sqlite'" },
  { file: 'src/main/hosting/s3/sdk.ts', code: "const sdk = await import('@aws-sdk/client-s3')" },
  { file: 'src/main/providers/http/http.ts', code: "import type { Socket } from 'node:net'" },
  { file: 'src/main/web/server.ts', code: "import { createServer } from 'node:http'" },
  { file: 'src/main/web/server.ts', code: "import { createStudio } from '../studio.ts'" },
]

/** The project's own configuration; types are left out, because the planted files do not exist. */
const eslint = new ESLint({
  ruleFilter: ({ ruleId }) => ruleId === 'understudy/walls',
  overrideConfig: { languageOptions: { parserOptions: { project: false } } },
})

async function complaints(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: file })
  return (result?.messages ?? []).map(({ message }) => message)
}

describe('the walls', () => {
  it.each(walls.map((wall) => [wall.name, wall.message] as const))('%s', async (name, message) => {
    const examples = planted[name] ?? []
    expect(examples).not.toHaveLength(0)
    for (const { file, code } of examples) {
      expect(await complaints(file, code), `${file}: ${code}`).toContain(`${message} [${name}]`)
    }
  })

  it.each(allowed)('let $file say: $code', async ({ file, code }) => {
    expect(await complaints(file, code)).toEqual([])
  })
})
