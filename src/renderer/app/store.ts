import { create, type StateCreator } from 'zustand'
import { createCheckSlice, type CheckSlice } from '../features/prepare/check-slice.ts'
import { createDeliverySlice, type DeliverySlice } from '../features/prepare/delivery-slice.ts'
import { createInputsSlice, type InputsSlice } from '../features/prepare/inputs-slice.ts'
import { createLookSlice, type LookSlice } from '../features/prepare/look-slice.ts'
import { createRecentsSlice, type RecentsSlice } from '../features/prepare/recents/recents-slice.ts'
import { createTimelineSlice, type TimelineSlice } from '../features/prepare/timeline-slice.ts'
import { createQueueSlice, type QueueSlice } from '../features/queue/queue-slice.ts'
import { createTakesSlice, type TakesSlice } from '../features/takes/takes-slice.ts'
import { createAccountsSlice, type AccountsSlice } from './accounts-slice.ts'
import { createDeskSlice, type DeskSlice } from './desk-slice.ts'
import { createFileQuestionSlice, type FileQuestionSlice } from './files/file-question-slice.ts'
import { createNoticeSlice, type NoticeSlice } from './notice-slice.ts'
import { createSessionSlice, type SessionSlice } from './session-slice.ts'

export type AppState = SessionSlice &
  AccountsSlice &
  DeskSlice &
  NoticeSlice &
  FileQuestionSlice &
  InputsSlice &
  TimelineSlice &
  LookSlice &
  DeliverySlice &
  CheckSlice &
  RecentsSlice &
  QueueSlice &
  TakesSlice

export type Slice<Part> = StateCreator<AppState, [], [], Part>

/** What the window knows. Takes and settings are mirrors: the core owns them. */
export const useApp = create<AppState>()((...tools) => ({
  ...createSessionSlice(...tools),
  ...createAccountsSlice(...tools),
  ...createDeskSlice(...tools),
  ...createNoticeSlice(...tools),
  ...createFileQuestionSlice(...tools),
  ...createInputsSlice(...tools),
  ...createTimelineSlice(...tools),
  ...createLookSlice(...tools),
  ...createDeliverySlice(...tools),
  ...createCheckSlice(...tools),
  ...createRecentsSlice(...tools),
  ...createQueueSlice(...tools),
  ...createTakesSlice(...tools),
}))
