import { create, type StateCreator } from 'zustand'
import { createCheckSlice, type CheckSlice } from './check.ts'
import { createDeliverySlice, type DeliverySlice } from './delivery.ts'
import { createInputsSlice, type InputsSlice } from './inputs.ts'
import { createLookSlice, type LookSlice } from './clip-look.ts'
import { createRecentsSlice, type RecentsSlice } from './recents.ts'
import { createTimelineSlice, type TimelineSlice } from './timeline.ts'
import { createQueueSlice, type QueueSlice } from './queue.ts'
import { createTakeQueueSlice, type TakeQueueSlice } from './take-queue.ts'
import { createTakesSlice, type TakesSlice } from './takes.ts'
import { createAccountsSlice, type AccountsSlice } from './accounts.ts'
import { createBoardsSlice, type BoardsSlice } from './boards.ts'
import { createLibrarySlice, type LibrarySlice } from './library.ts'
import { createMarksSlice, type MarksSlice } from './marks.ts'
import { createPagesSlice, type PagesSlice } from './pages.ts'
import { createAgainSlice, type AgainSlice } from './again.ts'
import { createFoldsSlice, type FoldsSlice } from './folds.ts'
import { createRoomsSlice, type RoomsSlice } from './rooms.ts'
import { createSetUpSlice, type SetUpSlice } from './set-up.ts'
import { createSpendSlice, type SpendSlice } from './spend.ts'
import { createDeskSlice, type DeskSlice } from './desk.ts'
import { createFileQuestionSlice, type FileQuestionSlice } from './file-question.ts'
import { createNoticeSlice, type NoticeSlice } from './notices.ts'
import { createTrashSlice, type TrashSlice } from './trash.ts'
import { createLibraryMoveSlice, type LibraryMoveSlice } from './library-move.ts'
import { createKeepingSlice, type KeepingSlice } from './keeping.ts'
import { createStillsSlice, type StillsSlice } from './stills.ts'
import { createSessionSlice, type SessionSlice } from './session.ts'

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
  TakeQueueSlice &
  TakesSlice &
  PagesSlice &
  MarksSlice &
  BoardsSlice &
  LibrarySlice &
  RoomsSlice &
  FoldsSlice &
  AgainSlice &
  SetUpSlice &
  SpendSlice &
  StillsSlice &
  KeepingSlice &
  LibraryMoveSlice &
  TrashSlice

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
  ...createTakeQueueSlice(...tools),
  ...createTakesSlice(...tools),
  ...createPagesSlice(...tools),
  ...createMarksSlice(...tools),
  ...createBoardsSlice(...tools),
  ...createLibrarySlice(...tools),
  ...createRoomsSlice(...tools),
  ...createFoldsSlice(...tools),
  ...createAgainSlice(...tools),
  ...createSetUpSlice(...tools),
  ...createSpendSlice(...tools),
  ...createStillsSlice(...tools),
  ...createKeepingSlice(...tools),
  ...createLibraryMoveSlice(...tools),
  ...createTrashSlice(...tools),
}))
