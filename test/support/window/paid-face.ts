import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../scripts/lib/paths.mjs'
import { newAccount } from '../../../src/shared/domain/account.ts'
import { makeHome, startBrowserFace } from './browser-face.ts'
import { klingContract } from '../servers/contracts/kling.ts'
import { smallPicture } from '../clips/bad-inputs.ts'
import { scriptedServer } from '../servers/scripted-server.ts'

export const paidKey = 'canary-key-7f3a9c51-tail'

/** A studio of a user who has a key, a limit of half a dollar, and elements; the service is on this machine. */
export async function startPaidFace() {
  const result = readFileSync(join(root, 'resources', 'sample', 'clip.mp4'))
  const picture = await smallPicture()
  const pictures = await scriptedServer((_seen, response) => {
    response.writeHead(200, { 'content-type': 'image/png' }).end(picture)
  })
  const kling = await klingContract({ key: paidKey }, { result })
  const shown = { image: `${pictures.origin}/fox.png` }
  kling.elements.presets.push({ ...shown, id: '829836802793406551', name: 'Red fox', description: 'A fox.' })
  const home = makeHome()
  const account = { ...newAccount('kling', 'Kling'), id: 'env-kling', baseUrl: kling.origin }
  const settings = { accounts: [account], guards: { perTake: 0.5, perDay: null } }
  writeFileSync(join(home, 'settings.json'), JSON.stringify(settings))
  const face = await startBrowserFace(home, { UNDERSTUDY_KLING_KEY: paidKey })
  return {
    face,
    kling,
    close: async () => {
      await face.close()
      await kling.close()
      await pictures.close()
    },
  }
}
