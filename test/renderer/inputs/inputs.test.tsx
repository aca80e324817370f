import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { FileRef } from '../../../src/shared/domain/views.ts'
import { ok } from '../../../src/shared/outcome.ts'
import { aCharacter, aClip } from '../../support/clips/facts.ts'
import { openWindow, type OpenWindow } from '../../support/window/open-window.tsx'

const image = (name: string) => ({ name, facts: aCharacter() })
const video = (name: string) => ({ name, facts: aClip() })

const nothingKnownAs = (name: string) => new File(['x'], name)

async function drop(files: readonly string[], on: 'drop' | 'paste' = 'drop'): Promise<void> {
  await screen.findByRole('button', { name: 'Try the sample' })
  const data = { files: files.map(nothingKnownAs), types: ['Files'] }
  await act(async () => {
    if (on === 'drop') fireEvent.drop(document.body, { dataTransfer: data })
    else fireEvent.paste(document.body, { clipboardData: data })
  })
}

const characterCalled = (name: string) => screen.findByRole('img', { name: `The character, ${name}` })
const clipCalled = (name: string) => screen.findByLabelText(`The clip, ${name}`)

/** The next file dialog answers with this file. */
const willChoose = (studio: OpenWindow, ...files: readonly FileRef[]) => {
  studio.answer('file:choose', async () => ok(files))
}

describe('Two files', () => {
  it.each([
    ['the image first', ['hero.png', 'dance.mp4']],
    ['the video first', ['dance.mp4', 'hero.png']],
  ])('find their places when dropped anywhere in the window, %s', async (_, names) => {
    const studio = openWindow()
    studio.addFile(image('hero.png'))
    studio.addFile(video('dance.mp4'))
    await drop(names)
    expect(await characterCalled('hero.png')).toBeVisible()
    expect(await clipCalled('dance.mp4')).toBeVisible()
  })

  it('find their places when pasted', async () => {
    const studio = openWindow()
    studio.addFile(image('hero.png'))
    await drop(['hero.png'], 'paste')
    expect(await characterCalled('hero.png')).toBeVisible()
  })

  it('are not taken out of a text that is pasted into a field: a document copies a picture of its words along', async () => {
    const studio = openWindow()
    studio.addFile(image('image.png'))
    await drop(['image.png'], 'paste')
    await characterCalled('image.png')
    const prompt = screen.getByRole('textbox', { name: /Prompt/ })
    const copied = { files: [nothingKnownAs('image.png')], types: ['text/plain', 'text/html', 'Files'] }
    // False where somebody prevented it: then the field gets no words.
    expect(fireEvent.paste(prompt, { clipboardData: copied })).toBe(true)
    expect(fireEvent.paste(document.body, { clipboardData: copied })).toBe(false)
    expect(fireEvent.paste(prompt, { clipboardData: { ...copied, types: ['Files'] } })).toBe(false)
    await act(async () => undefined)
  })

  it('are told apart by their content, whatever their names say', async () => {
    const studio = openWindow()
    studio.addFile(image('really-an-image.mp4'))
    studio.addFile(video('really-a-video.png'))
    await drop(['really-an-image.mp4', 'really-a-video.png'])
    expect(await characterCalled('really-an-image.mp4')).toBeVisible()
    expect(await clipCalled('really-a-video.png')).toBeVisible()
  })

  it('that are both images: the first is used, the other is named, and a clip is asked for', async () => {
    const studio = openWindow()
    studio.addFile(image('hero.png'))
    studio.addFile(image('villain.png'))
    await drop(['hero.png', 'villain.png'])
    expect(await characterCalled('hero.png')).toBeVisible()
    expect(screen.getByText('“hero.png” is used as the character; “villain.png” is not used.')).toBeVisible()
    expect(screen.getByText('Add a clip with the motion to copy.')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Generate' })).toBeDisabled()
  })

  it('say with every fact what they are', async () => {
    const studio = openWindow()
    studio.addFile({ name: 'hero.png', facts: aCharacter({ alpha: true }) })
    studio.addFile({
      name: 'phone.mov',
      facts: aClip({ codec: 'hevc', rotation: 90, variableFrameRate: true, hdr: 'hlg', frameRate: 29.97 }),
    })
    await drop(['hero.png', 'phone.mov'])
    expect(await screen.findByText('1024 × 1536 · PNG · 400 kB · transparency')).toBeVisible()
    expect(
      screen.getByText(
        '6 s · 720 × 1280 · 29.97 fps, variable · HEVC · 5 MB · no sound · HDR · rotated upright',
      ),
    ).toBeVisible()
  })
})

describe('A file', () => {
  it('that is neither image nor video is refused in a sentence, and nothing else changes', async () => {
    const studio = openWindow()
    studio.addFile(image('hero.png'))
    await drop(['hero.png', 'notes.txt'])
    expect(await characterCalled('hero.png')).toBeVisible()
    expect(screen.getByRole('alert')).toHaveTextContent('“notes.txt” is neither an image nor a video.')
  })

  it('chosen for the wrong place goes to its own, and the window says so', async () => {
    const studio = openWindow()
    willChoose(studio, studio.addFile(video('dance.mp4')))
    await studio.user.click(await screen.findByRole('button', { name: 'Choose an image' }))
    expect(await clipCalled('dance.mp4')).toBeVisible()
    expect(screen.getByText('“dance.mp4” is a video, so it is used as the clip.')).toBeVisible()
  })

  it('can be chosen with Ctrl and O, replaced and removed', async () => {
    const studio = openWindow()
    await screen.findByRole('button', { name: 'Try the sample' })
    willChoose(studio, studio.addFile(image('first.png')))
    await studio.user.keyboard('{Control>}o{/Control}')
    await characterCalled('first.png')
    willChoose(studio, studio.addFile(image('second.png')))
    await studio.user.click(screen.getByRole('button', { name: 'Replace the character' }))
    await characterCalled('second.png')
    await studio.user.click(screen.getByRole('button', { name: 'Remove the character' }))
    expect(await screen.findByRole('button', { name: 'Try the sample' })).toBeVisible()
  })

  it('that takes long to read can be cancelled, and the late answer changes nothing', async () => {
    const studio = openWindow()
    let settle: () => void = () => undefined
    const inspect = studio.bridge.ask['file:inspect']
    const file = studio.addFile(image('huge.png'))
    const honest = await inspect({ file: file.token })
    studio.answer(
      'file:inspect',
      () =>
        new Promise((resolve) => {
          settle = () => {
            resolve(honest)
          }
        }),
    )
    willChoose(studio, file)
    await studio.user.click(await screen.findByRole('button', { name: 'Choose an image' }))
    expect(await screen.findByText('Reading “huge.png”…')).toBeVisible()
    await studio.user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(studio.askedFor('call:cancel')).toHaveLength(1)
    await act(async () => {
      settle()
    })
    expect(screen.queryByRole('img', { name: /huge/ })).toBeNull()
    expect(screen.getByRole('button', { name: 'Choose an image' })).toBeVisible()
  })
})

describe('The settings of a take', () => {
  async function withSample(): Promise<OpenWindow> {
    const studio = openWindow()
    await studio.user.click(await screen.findByRole('button', { name: 'Try the sample' }))
    await screen.findByRole('radiogroup', { name: 'Framing' })
    return studio
  }

  it('say whose framing is kept, and how long it may be then', async () => {
    await withSample()
    expect(screen.getByRole('radio', { name: /^Keep the picture’s framing\s*≤\s10\ss$/ })).toBeChecked()
    expect(screen.getByRole('radio', { name: /^Keep the video’s framing\s*≤\s30\ss$/ })).toBeVisible()
  })

  it('count the prompt, and a prompt beyond the limit holds the take back', async () => {
    const studio = await withSample()
    const prompt = screen.getByRole('textbox', { name: /^Prompt/ })
    await studio.user.type(prompt, 'A stage.')
    expect(screen.getByText('8 / 2500')).toBeVisible()
    fireEvent.change(prompt, { target: { value: 'a'.repeat(2501) } })
    expect(screen.getByText('2501 / 2500')).toBeVisible()
    expect(await screen.findByText('Shorten the prompt.')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Generate' })).toBeDisabled()
  })

  it('are sent as they stand on the screen', async () => {
    const studio = await withSample()
    await studio.user.click(screen.getByRole('radio', { name: /^Keep the video/ }))
    await studio.user.click(screen.getByRole('radio', { name: 'Professional' }))
    await studio.user.click(screen.getByRole('switch', { name: 'Keep the clip’s sound' }))
    const length = screen.getByRole('textbox', { name: 'Length' })
    await studio.user.clear(length)
    await studio.user.type(length, '4{Enter}')
    await waitFor(() => {
      expect(screen.getByRole('button', { name: 'Generate' })).toBeEnabled()
    })
    await studio.user.click(screen.getByRole('button', { name: 'Generate' }))
    await waitFor(() => {
      expect(studio.askedFor('take:submit')).toHaveLength(1)
    })
    expect(studio.askedFor('take:submit')[0]).toMatchObject({
      window: { start: 0, length: 4 },
      settings: { orientation: 'video', mode: 'pro', keepSound: false },
    })
  })

  it('move the in-point by a frame with the keyboard', async () => {
    const studio = await withSample()
    screen.getByRole('slider', { name: 'Out-point' }).focus()
    await studio.user.keyboard('{ArrowLeft}')
    expect(screen.getByRole('textbox', { name: 'Out' })).toHaveValue('0:05.967')
    screen.getByRole('slider', { name: 'In-point' }).focus()
    await studio.user.keyboard('{ArrowRight}')
    expect(screen.getByRole('textbox', { name: 'In' })).toHaveValue('0:00.033')
    expect(screen.getByRole('textbox', { name: 'Out' })).toHaveValue('0:05.967')
  })
})
