import { parentPort, workerData } from 'node:worker_threads'
import type { MotionOffset, SoundOffset } from '../../../shared/domain/offset.ts'
import type { MotionCurve } from '../../../shared/domain/motion.ts'
import { motionOffset } from './motion-offset.ts'
import { soundOffset } from './sound-offset.ts'

/** What a thread is started with: one comparison, whose answer is posted before it ends. */
export type OffsetTask =
  | {
      readonly by: 'sound'
      readonly sounds: {
        readonly reference: Float32Array<ArrayBuffer>
        readonly result: Float32Array<ArrayBuffer>
      }
      readonly rate: number
    }
  | {
      readonly by: 'motion'
      readonly curves: { readonly reference: MotionCurve; readonly result: MotionCurve }
    }
export type OffsetAnswer<By extends OffsetTask['by']> = By extends 'sound' ? SoundOffset : MotionOffset

const task = workerData as OffsetTask
parentPort?.postMessage(
  task.by === 'sound'
    ? soundOffset({ ...task.sounds, rate: task.rate })
    : motionOffset(task.curves.reference, task.curves.result),
)
