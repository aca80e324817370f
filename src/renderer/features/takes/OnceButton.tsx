import { Button, type ButtonProps } from '../../ui/Button.tsx'

type OnceButtonProps = Omit<ButtonProps, 'onClick' | 'size'> & { readonly onPress: () => void }

/** A small button for which a double click is one click: the second half of it is no second wish. */
export function OnceButton({ onPress, ...rest }: OnceButtonProps) {
  return (
    <Button
      size="small"
      {...rest}
      onClick={(event) => {
        if (event.detail < 2) onPress()
      }}
    />
  )
}
