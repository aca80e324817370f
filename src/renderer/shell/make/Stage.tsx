import { ArrowLeft } from 'lucide-react'
import { useEffect, useMemo, useRef, type ReactNode } from 'react'
import { Ghost } from '../../features/inputs/Ghost.tsx'
import { ChosenCharacter, ChosenClip, useCharacterAspect } from '../../features/inputs/Inputs.tsx'
import { EmptyInput } from '../../features/inputs/InputFrame.tsx'
import { useMadeHere } from '../../features/takes/stage/Result.tsx'
import { TakeOnStage } from '../../features/takes/stage/TakeOnStage.tsx'
import type { Leader } from '../../features/takes/stage/use-in-step.ts'
import { TakeSheet } from '../../features/takes/TakeSheet.tsx'
import { ClipPreview } from '../../features/timeline/ClipPreview.tsx'
import { usePerformed } from '../../features/timeline/use-performed.ts'
import { useClipPlayer } from '../../lib/clip-player.ts'
import type { CharacterInspection, ClipInspection } from '../../state/intake.ts'
import { takeWords } from '../../state/marks.ts'
import { madeOfFiles } from '../../state/rooms.ts'
import { useApp } from '../../state/store.ts'
import { edgeTime } from '../../state/trim-window.ts'
import { Button } from '../../ui/Button.tsx'
import { Panes, type StagePicture } from '../../ui/Panes.tsx'
import { Welcome } from './Welcome.tsx'
import { text } from '../text.ts'

const usualAspect = 9 / 16

const aspectOf = ({ facts }: ClipInspection) => facts.width / facts.height

/** The player of the clip as what a result follows, from the beginning of the performed part. */
function useLeader(clip: ClipInspection): Leader | null {
  const player = useClipPlayer((state) => state.player)
  const { edges, span } = usePerformed(clip)
  return useMemo(() => {
    if (!player) return null
    const start = edgeTime(edges, span.from)
    return (listener) =>
      player.follow(({ frame, speed }) => {
        listener({ time: Math.max(0, edgeTime(edges, frame) - start), isPlaying: speed === 1 })
      })
  }, [player, edges, span])
}

/** A result that has just come home starts beside its reference. */
function useArrival(take: string | null, clip: ClipInspection): void {
  const player = useClipPlayer((state) => state.player)
  const { span } = usePerformed(clip)
  const isDone = useApp(({ takes }) => take !== null && takes[take]?.state === 'DONE')
  const wasDone = useRef(isDone)
  useEffect(() => {
    const hasArrived = isDone && !wasDone.current
    wasDone.current = isDone
    if (!hasArrived || !player) return
    player.show(span.from)
    player.toggle()
  }, [isDone, player, span.from])
}

const clipPicture = (clip: ClipInspection): StagePicture => ({
  key: 'clip',
  aspect: aspectOf(clip),
  render: (style) => (
    <ChosenClip clip={clip} style={style}>
      <ClipPreview key={clip.file.token} clip={clip} />
    </ChosenClip>
  ),
})

type PairProps = { readonly character: CharacterInspection; readonly clip: ClipInspection }

/** Both files, and beside them the ghost, until there is a result. */
function Pair({ character, clip }: PairProps) {
  const take = useApp(madeOfFiles)
  useArrival(take, clip)
  const result = useMadeHere(take, useLeader(clip), aspectOf(clip))
  const ghost: StagePicture = {
    key: 'ghost',
    aspect: aspectOf(clip),
    render: (style) => <Ghost character={character} clip={clip} style={style} />,
  }
  return <Panes pictures={[useCharacterPicture(character), clipPicture(clip), result ?? ghost]} />
}

function useCharacterPicture(character: CharacterInspection): StagePicture {
  return {
    key: 'character',
    aspect: useCharacterAspect(character),
    render: (style) => <ChosenCharacter key={character.file.token} character={character} style={style} />,
  }
}

function CharacterAlone({ character }: { readonly character: CharacterInspection }) {
  return (
    <Panes
      pictures={[
        useCharacterPicture(character),
        { key: 'clip', aspect: usualAspect, render: (style) => <EmptyInput kind="clip" style={style} /> },
      ]}
    />
  )
}

function ClipAlone({ clip }: { readonly clip: ClipInspection }) {
  return (
    <Panes
      pictures={[
        {
          key: 'character',
          aspect: usualAspect,
          render: (style) => <EmptyInput kind="character" style={style} />,
        },
        clipPicture(clip),
      ]}
    />
  )
}

function Files() {
  const character = useApp((state) => state.character)
  const clip = useApp((state) => state.clip)
  if (character && clip) return <Pair character={character} clip={clip} />
  if (character) return <CharacterAlone character={character} />
  return clip ? <ClipAlone clip={clip} /> : <Welcome />
}

/** What the stage shows, in one line; messages come over it, and never over a picture. */
function StageLine({ children, tools }: { readonly children: ReactNode; readonly tools?: ReactNode }) {
  return (
    <div className="flex h-8 shrink-0 items-center gap-3 [@media(max-height:559px)]:h-6">
      <h1 className="min-w-0 flex-1 truncate text-sm font-semibold">{children}</h1>
      {tools}
    </div>
  )
}

function TakeLine({ id }: { readonly id: string }) {
  const take = useApp((state) => state.takes[id])
  const words = useApp((state) => takeWords(state, id))
  const putOnStage = useApp((state) => state.putOnStage)
  const hasFiles = useApp((state) => state.character !== null || state.clip !== null)
  return (
    <StageLine
      tools={
        <Button
          size="small"
          look="quiet"
          icon={<ArrowLeft aria-hidden />}
          onClick={() => {
            putOnStage(null)
          }}
        >
          {hasFiles ? text.backToFiles : text.newTake}
        </Button>
      }
    >
      {take ? `${words} · ${take.characterName} performs ${take.clipName}` : ''}
    </StageLine>
  )
}

/** The pictures: the files of the next take, or a take. It never scrolls. */
export function Stage() {
  const take = useApp((state) => state.stageTakeId)
  const isEmpty = useApp((state) => state.character === null && state.clip === null)
  return (
    <section
      aria-label="Stage"
      className="on-stage relative flex min-h-0 flex-1 flex-col overflow-hidden px-2 pb-2"
    >
      {take !== null ? <TakeLine id={take} /> : !isEmpty && <StageLine>{text.nextTake}</StageLine>}
      {take === null ? <Files /> : <TakeOnStage key={take} id={take} />}
      <TakeSheet />
    </section>
  )
}
