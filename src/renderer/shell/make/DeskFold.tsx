import type { ReactNode } from 'react'
import { useApp } from '../../state/store.ts'
import type { FoldName } from '../../state/folds.ts'
import { Fold, type FoldProps } from '../../ui/Fold.tsx'

type DeskFoldProps = Pick<FoldProps, 'title' | 'value' | 'tone'> & {
  readonly fold: FoldName
  /** Open until the user says otherwise: something in it has to be done. */
  readonly calls?: boolean
  readonly children: ReactNode
}

/** A fold of the desk, which remembers whether it is open and can be led to from elsewhere. */
export function DeskFold({ fold, calls = false, children, ...rest }: DeskFoldProps) {
  const chosen = useApp((state) => state.openFolds[fold])
  const sought = useApp((state) => state.soughtFold === fold)
  const setFold = useApp((state) => state.setFold)
  const foundFold = useApp((state) => state.foundFold)
  return (
    <Fold
      {...rest}
      open={chosen ?? calls}
      sought={sought}
      onFound={foundFold}
      onOpen={(open) => {
        setFold(fold, open)
      }}
    >
      {children}
    </Fold>
  )
}
