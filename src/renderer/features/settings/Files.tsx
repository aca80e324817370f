import { useState } from 'react'
import { fillTemplate, longestTemplate, nameFields, templateProblem } from '../../../shared/domain/batch.ts'
import { localDay } from '../../../shared/domain/local-day.ts'
import { defaultSettings } from '../../../shared/domain/settings.ts'
import type { Take } from '../../../shared/domain/take.ts'
import { desktop } from '../../lib/desktop.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { LibraryFolder } from './LibraryFolder.tsx'
import { SettingList, SettingRow } from './SettingRow.tsx'
import { text } from './text.ts'

const stem = (name: string) => name.replace(/\.[^.]+$/, '')

/** The newest take as a name by this template; made up where there is none. */
function exampleOf(template: string, take: Take | undefined, number: number): string {
  const name = fillTemplate(template, {
    character: stem(take?.characterName ?? 'hero.png'),
    clip: stem(take?.clipName ?? 'dance.mp4'),
    provider: take?.settings.provider ?? 'kling',
    model: take?.settings.model ?? 'kling-v2-6',
    orientation: take?.settings.orientation ?? 'video',
    n: String(number),
    date: localDay(take?.createdAt ?? new Date()),
  })
  return `${name}.mp4`
}

function NameTemplate() {
  const kept = useApp((state) => state.settings.resultName)
  const changeSettings = useApp((state) => state.changeSettings)
  const newest = useApp(({ takes, takeOrder }) => takes[takeOrder[0] ?? ''])
  const number = useApp(({ marks }) => marks[newest?.id ?? '']?.number ?? 1)
  const [typed, setTyped] = useState<string | null>(null)
  const template = typed ?? kept
  const problem = templateProblem(template)
  return (
    <div className="space-y-1 py-3">
      <TextField
        label="Name of saved files"
        value={template}
        maxLength={longestTemplate}
        mono
        problem={problem ?? undefined}
        hint={text.nameFields(nameFields.map((field) => `{${field}}`).join(' '))}
        onChange={(value) => {
          setTyped(value)
          if (templateProblem(value) === null) void changeSettings({ resultName: value })
        }}
      />
      <div className="flex min-h-7 items-center justify-between gap-4">
        <output className="text-xs wrap-anywhere text-soft" data-selectable>
          {problem === null && text.example(exampleOf(template, newest, number))}
        </output>
        {template !== defaultSettings.resultName && (
          <Button
            size="small"
            look="quiet"
            onClick={() => {
              setTyped(null)
              void changeSettings({ resultName: defaultSettings.resultName })
            }}
          >
            Reset
          </Button>
        )}
      </div>
    </div>
  )
}

function SaveFolder() {
  const folder = useApp((state) => state.settings.saveFolder)
  const native = useApp((state) => state.about?.nativeDialogs)
  const askForFolder = useApp((state) => state.askForFolder)
  const setSettings = useApp((state) => state.setSettings)
  const tellProblem = useApp((state) => state.tellProblem)

  async function take(chosen: string | null) {
    const answer = await desktop().ask['save-folder:choose']({ folder: chosen })
    if (!answer.ok) return answer.problem
    if (answer.value) setSettings(answer.value)
    return null
  }
  async function choose() {
    if (native !== true) {
      askForFolder('Choose a folder for saved files', take, text.saveFolder)
      return
    }
    const problem = await take(null)
    if (problem) tellProblem(problem)
  }
  async function forget() {
    const answer = await desktop().ask['save-folder:forget']({})
    if (answer.ok) setSettings(answer.value)
    else tellProblem(answer.problem)
  }
  return (
    <SettingRow label="Save folder" value={folder ?? text.downloads} hint={text.saveFolder}>
      <div className="flex gap-2">
        {folder !== null && (
          <Button size="small" look="quiet" onClick={() => void forget()}>
            Use Downloads
          </Button>
        )}
        <Button size="small" onClick={() => void choose()}>
          Choose…
        </Button>
      </div>
    </SettingRow>
  )
}

export function Files() {
  return (
    <SettingList title="Files">
      <LibraryFolder />
      <SaveFolder />
      <NameTemplate />
    </SettingList>
  )
}
