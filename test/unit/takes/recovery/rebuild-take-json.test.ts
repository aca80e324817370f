import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newAttempt } from '../../../../src/main/takes/attempt.ts'
import { readFolder } from '../../../../src/main/takes/recovery/folders.ts'
import type { TakeState } from '../../../../src/shared/domain/take.ts'
import { anOrder } from '../../../support/library/an-order.ts'
import { takeId } from '../../../support/library/library.ts'
import { libraryStage } from '../../../support/library/library-stage.ts'
import { tellOf } from '../../../support/library/take-json.ts'

const stage = libraryStage()
const at = '2026-11-20T12:00:00.000Z'
const clipUrl = 'https://user:word@b.example/clip.mp4?X-Amz-Credential=AKIA&X-Amz-Signature=SECRET'
const characterUrl = 'https://b.example/me.png?sig=SECRET#SECRET'
const order = anOrder({ host: 'given', clipUrl, characterUrl })

function told(state: TakeState, taskId: string | null) {
  const attempt = { ...newAttempt(takeId, 1, 'own', at), state, taskId, wiredAt: at, ackedAt: at }
  const library = join(stage.folder, 'library')
  tellOf(library, { order, attempts: [{ ...attempt, clipUrl, characterUrl }] })
  return {
    text: readFileSync(join(library, takeId, 'take.json'), 'utf8'),
    order: readFolder(library, takeId).take?.order,
  }
}

it.each(['DONE', 'REMOTE_FAILED', 'EXPIRED', 'REJECTED'] as const)(
  'says of a take that is %s where its files were, and nothing that would open them',
  (state) => {
    const found = told(state, 'task-1')
    expect(found.text).not.toMatch(/SECRET|AKIA|word/)
    expect(found.order).toMatchObject({
      clipUrl: 'https://b.example/clip.mp4',
      characterUrl: 'https://b.example/me.png',
    })
  },
)

it.each(['DRAFT', 'UNKNOWN', 'NEEDS_USER'] as const)(
  'keeps of a take that is %s the whole address of its files: it may have to be found or sent by it',
  (state) => {
    expect(told(state, null).order).toMatchObject({ clipUrl, characterUrl })
  },
)
