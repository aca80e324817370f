import { describe, expect, it } from 'vitest'
import type { ClipFacts } from '../../../../src/shared/domain/media.ts'
import { findModel } from '../../../../src/shared/rules/models.ts'
import { planOf } from '../../../../src/shared/rules/plan.ts'
import { aCharacter, aClip, someSettings } from '../../../support/clips/facts.ts'

function coding(clip: Partial<ClipFacts>, keepSound = true) {
  const rules = findModel('practice', 'practice')
  if (!rules) throw new Error('no practice')
  const inputs = {
    character: aCharacter(),
    clip: aClip(clip),
    asked: { start: 0, length: null },
    settings: someSettings({ keepSound }),
    scan: null,
  }
  return planOf(inputs, rules).find(({ step }) => step === 'remux' || step === 're-encode')
}

describe('a sound that nothing here decodes', () => {
  it.each(['mp4', 'mkv'] as const)('is said to be lost before anything is paid: %s', (container) => {
    const made = coding({ container, unreadSounds: ['ac-4'] })
    expect(made?.why).toContain('The sound (ac-4) can’t be read here, so the clip is sent without it.')
    expect(made?.cost).toContain('the sound')
  })

  it('is said to be left out beside one that is kept', () => {
    const audio = { codec: 'aac', channels: 2, sampleRate: 48_000 }
    const made = coding({ audio, audioTracks: 1, unreadSounds: ['apac'] })
    expect(made?.why).toContain('A sound track (apac) can’t be read here.')
    expect(made?.cost).toBe('loses the other sound tracks')
  })

  it('is not missed where no sound is wanted', () => {
    expect(coding({ unreadSounds: ['ac-4'] }, false)?.cost).toBe('none')
  })
})
