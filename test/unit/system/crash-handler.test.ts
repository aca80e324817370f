import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { exitOnUncaught } from '../../../src/main/system/log.ts'

it('writes down what nobody caught and ends, even where it cannot be written down', () => {
  const process = new EventEmitter()
  const said: unknown[] = []
  let ended = 0
  const surprise = new Error('a surprise')
  exitOnUncaught(
    process,
    (_line, about) => {
      said.push(about?.error)
      if (said.length > 1) throw new Error('standard error is closed')
    },
    () => {
      ended += 1
    },
  )
  process.emit('uncaughtException', surprise)
  expect([said, ended]).toEqual([[surprise], 1])
  expect(() => process.emit('unhandledRejection', surprise)).toThrow('closed')
  expect(ended).toBe(2)
})
