import type { Inspection } from '../../shared/domain/views.ts'
import type { CharacterFacts, ClipFacts, MediaKind } from '../../shared/domain/media.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { Notice } from './notices.ts'

export type CharacterInspection = Extract<Inspection, { readonly facts: CharacterFacts }>
export type ClipInspection = Extract<Inspection, { readonly facts: ClipFacts }>

export type Inspected = { readonly name: string; readonly outcome: Outcome<Inspection> }
export type Remark = Omit<Notice, 'id'>

export type Intake = {
  readonly character: CharacterInspection | null
  readonly clip: ClipInspection | null
  /** Everything the user should know about files that went elsewhere than expected, or nowhere. */
  readonly remarks: readonly Remark[]
}

const isCharacter = (inspection: Inspection): inspection is CharacterInspection =>
  inspection.facts.kind === 'character'
const isClip = (inspection: Inspection): inspection is ClipInspection => inspection.facts.kind === 'clip'

const use = {
  character: { noun: 'image', becomes: 'is used as the character' },
  clip: { noun: 'video', becomes: 'is used as the clip' },
} as const

function remarkOnSpare(kind: MediaKind, spare: readonly Inspection[], used: string): Remark[] {
  if (spare.length === 0) return []
  const names = spare.map(({ file }) => `“${file.name}”`).join(', ')
  return [
    {
      tone: 'info',
      title: `“${used}” ${use[kind].becomes}; ${names} ${spare.length === 1 ? 'is' : 'are'} not used.`,
      advice: `A take has one ${use[kind].noun} as its ${kind}. Make another take for the other one.`,
    },
  ]
}

function remarkOnKind(asked: MediaKind | 'any', found: Inspection): Remark[] {
  const kind = found.facts.kind
  if (asked === 'any' || asked === kind) return []
  return [
    {
      tone: 'info',
      title: `“${found.file.name}” is ${kind === 'clip' ? 'a video' : 'an image'}, so it ${use[kind].becomes}.`,
      advice: asked === 'clip' ? 'Choose a video for the clip.' : 'Choose an image for the character.',
    },
  ]
}

/** Which file is the character and which is the clip: by their content, in any order and with any name. */
export function sortIntake(files: readonly Inspected[], asked: MediaKind | 'any'): Intake {
  const found = files.flatMap(({ outcome }) => (outcome.ok ? [outcome.value] : []))
  const [character, ...spareImages] = found.filter(isCharacter)
  const [clip, ...spareClips] = found.filter(isClip)
  const refused = files.flatMap(({ outcome }): Remark[] => {
    if (outcome.ok || outcome.problem.code === 'cancelled') return []
    const { message, advice, detail } = outcome.problem
    return [{ tone: 'bad', title: message, ...(advice && { advice }), ...(detail && { detail }) }]
  })
  return {
    character: character ?? null,
    clip: clip ?? null,
    remarks: [
      ...refused,
      ...(character ? remarkOnSpare('character', spareImages, character.file.name) : []),
      ...(clip ? remarkOnSpare('clip', spareClips, clip.file.name) : []),
      ...(found[0] && found.length === 1 ? remarkOnKind(asked, found[0]) : []),
    ],
  }
}

/** A moving picture beside a still one, with no video among them: it is the one that is performed. */
export function movingBeside<File>(files: ReadonlyMap<File, Inspected>): File | null {
  const found = [...files].flatMap(([file, { outcome }]) =>
    outcome.ok ? [{ file, facts: outcome.value.facts }] : [],
  )
  const pictures = found.flatMap(({ file, facts }) => (facts.kind === 'character' ? [{ file, facts }] : []))
  const [moving, ...others] = pictures.filter(({ facts }) => facts.animated)
  return pictures.length === 2 && found.length === 2 && moving && others.length === 0 ? moving.file : null
}

const clipEndings = /\.(mp4|mov|m4v|webm|mkv|avi|3gp|3g2|ts|mts|m2ts|flv|wmv|asf|mpg|mpeg|vob|ogv|mxf|qt)$/i

/** Where a file is shown while it is being read; its content then decides. */
export const likelyKind = (name: string): MediaKind => (clipEndings.test(name) ? 'clip' : 'character')
