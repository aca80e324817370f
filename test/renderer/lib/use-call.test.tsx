import { act, renderHook, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useCall } from '../../../src/renderer/lib/use-call.ts'
import type { FolderView } from '../../../src/shared/domain/views.ts'
import { fail, ok, type Outcome } from '../../../src/shared/outcome.ts'
import { createFakeBridge, type FakeBridge } from '../../support/window/fake-bridge.ts'

const folder = (name: string): FolderView => ({ token: name, name, crumbs: [], entries: [] })
const gone = fail('file-missing', 'The folder is gone.')

let fake: FakeBridge
/** Answers to the calls so far, by the folder that was asked for; each is answered when the test says so. */
let answers: Map<string | null, (outcome: Outcome<FolderView>) => void>

beforeEach(() => {
  fake = createFakeBridge()
  answers = new Map()
  fake.answer('folder:list', ({ folder: asked }) => new Promise((resolve) => answers.set(asked, resolve)))
  vi.stubGlobal('understudy', fake.bridge)
})

afterEach(() => {
  vi.unstubAllGlobals()
})

const answer = (asked: string, outcome: Outcome<FolderView> = ok(folder(asked))) =>
  act(async () => {
    answers.get(asked)?.(outcome)
    await Promise.resolve()
  })

const ofFolder = (first: string) =>
  renderHook(({ asked }) => useCall('folder:list', { folder: asked }), { initialProps: { asked: first } })

describe('A call with arguments', () => {
  it('is made at once, and again when they change; the last answer stays until the next one', async () => {
    const { result, rerender } = ofFolder('home')
    expect(result.current).toMatchObject({ pending: true, answer: null, done: false })
    await answer('home')
    expect(result.current).toMatchObject({ pending: false, answer: folder('home'), done: true })
    rerender({ asked: 'home' })
    rerender({ asked: 'pictures' })
    expect(result.current).toMatchObject({ pending: true, answer: folder('home') })
    await answer('pictures', gone)
    expect(result.current).toMatchObject({ pending: false, answer: folder('home'), problem: gone.problem })
    expect(fake.askedFor('folder:list')).toEqual([{ folder: 'home' }, { folder: 'pictures' }])
  })

  it('drops an answer that comes after a newer question', async () => {
    const { result, rerender } = ofFolder('home')
    rerender({ asked: 'pictures' })
    await answer('pictures')
    await answer('home')
    expect(result.current.answer).toEqual(folder('pictures'))
  })
})

describe('A call on demand', () => {
  it('waits to be run, answers who ran it, and forgets', async () => {
    const { result } = renderHook(() => useCall('folder:list'))
    expect(result.current).toMatchObject({ pending: false, answer: null })
    let ran: Promise<Outcome<FolderView>> | undefined
    act(() => {
      ran = result.current.run({ folder: 'home' })
    })
    expect(result.current.pending).toBe(true)
    await answer('home', gone)
    expect(await ran).toEqual(gone)
    expect(result.current.problem).toEqual(gone.problem)
    act(() => {
      result.current.forget()
    })
    expect(result.current).toMatchObject({ pending: false, problem: null })
  })

  it('still answers who ran it when the component is gone', async () => {
    const { result, unmount } = renderHook(() => useCall('folder:list'))
    let ran: Promise<Outcome<FolderView>> | undefined
    act(() => {
      ran = result.current.run({ folder: 'home' })
    })
    unmount()
    await answer('home')
    expect(await ran).toEqual(ok(folder('home')))
    expect(fake.askedFor('call:cancel')).toEqual([])
  })
})

describe('A cancellable call', () => {
  it('tells how far it is, and is cancelled with the component', async () => {
    let id: string | undefined
    fake.answer('clip:playable', (_, call) => {
      id = call
      return new Promise(() => undefined)
    })
    const { result, unmount } = renderHook(() =>
      useCall('clip:playable', { file: 'a clip' }, { cancellable: true }),
    )
    await waitFor(() => {
      expect(id).toBeDefined()
    })
    act(() => {
      fake.announce('call:progress', { call: id ?? '', fraction: 0.5 })
      fake.announce('call:progress', { call: 'another', fraction: 0.9 })
    })
    expect(result.current.progress).toBe(0.5)
    unmount()
    expect(fake.askedFor('call:cancel')).toEqual([{ call: id }])
  })
})
